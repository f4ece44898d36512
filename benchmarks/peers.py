"""The peers on the same five-step case: SpiffWorkflow with its serializer, DBOS waiting in `recv`."""

from __future__ import annotations

import json
import tempfile
import threading
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, Text, select, update

from records.engine import insert_row, open_engine

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="bench">
<process id="bench" isExecutable="true"><startEvent id="s"><outgoing>f0</outgoing></startEvent>
{tasks}<endEvent id="e"><incoming>f5</incoming></endEvent>
{flows}</process></definitions>"""


def bpmn() -> str:
    """A start, five user tasks in a row, an end."""
    tasks = "".join(
        f'<userTask id="t{n}" name="t{n}"><incoming>f{n - 1}</incoming><outgoing>f{n}</outgoing></userTask>'
        for n in range(1, 6)
    )
    nodes = ["s", "t1", "t2", "t3", "t4", "t5", "e"]
    flows = "".join(f'<sequenceFlow id="f{n}" sourceRef="{nodes[n]}" targetRef="{nodes[n + 1]}"/>' for n in range(6))
    return BPMN.format(tasks=tasks, flows=flows)


class Spiff:
    """One row a case: load the serialized workflow, complete the task, store it back, commit."""

    name = "SpiffWorkflow"

    def __init__(self, url: str) -> None:
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
        from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
        from SpiffWorkflow.util.task import TaskState

        self.ready, self.workflow = TaskState.READY, BpmnWorkflow
        self.serializer = BpmnWorkflowSerializer()
        folder = Path(tempfile.mkdtemp())
        (folder / "bench.bpmn").write_text(bpmn(), encoding="utf-8")
        parser = BpmnParser()
        parser.add_bpmn_file(str(folder / "bench.bpmn"))
        self.spec = parser.get_spec("bench")
        self.engine = open_engine(url)
        metadata = MetaData()
        self.table = Table("spiff_cases", metadata, Column("id", Integer, primary_key=True), Column("state", Text))
        metadata.create_all(self.engine)

    def run(self) -> None:
        """One whole case."""
        flow = self.workflow(self.spec)
        flow.do_engine_steps()
        with self.engine.begin() as conn:
            case = insert_row(conn, self.table, {"state": self.serializer.serialize_json(flow)})
        for _ in range(5):
            with self.engine.begin() as conn:
                state = conn.execute(select(self.table.c.state).where(self.table.c.id == case)).scalar_one()
                flow = self.serializer.deserialize_json(state)
                task: Any = flow.get_next_task(state=self.ready, manual=True)
                task.data["opinion"] = "同意"
                task.run()
                flow.do_engine_steps()
                conn.execute(
                    update(self.table).where(self.table.c.id == case).values(state=self.serializer.serialize_json(flow))
                )
        assert flow.is_completed() or json.loads(self.serializer.serialize_json(flow))


class Dbos:
    """A workflow that waits for five messages, each sent from outside; a thread waits per case."""

    name = "DBOS recv()"

    def __init__(self, url: str) -> None:
        from dbos import DBOS, DBOSConfig, SetWorkflowID

        config: DBOSConfig = {"name": "bench", "system_database_url": url}
        self.dbos, self.with_id = DBOS, SetWorkflowID
        DBOS(config=config)

        @DBOS.workflow()
        def five() -> int:
            for step in range(5):
                DBOS.recv(f"step{step}", timeout_seconds=60)
            return 5

        self.five = five
        DBOS.launch()

    def run(self) -> None:
        """One whole case."""
        case = str(uuid.uuid4())
        with self.with_id(case):
            handle = self.dbos.start_workflow(self.five)
        for step in range(5):
            self.dbos.send(case, "同意", topic=f"step{step}")
        assert handle.get_result() == 5

    def open_case(self) -> int:
        """A case that waits."""
        with self.with_id(str(uuid.uuid4())):
            self.dbos.start_workflow(self.five)
        return threading.active_count()

    def close(self) -> None:
        self.dbos.destroy()
