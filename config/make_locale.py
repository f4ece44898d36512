"""Writes the Chinese words for what the command-line library itself says (help headings, wrong input)."""

from __future__ import annotations

import struct
from pathlib import Path

TARGET = Path(__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.mo"
WORDS = {
    "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n",
    "Usage:": "用法：", "Options": "选项", "Commands": "命令", "Show this message and exit.": "显示本说明。",
    "Positional arguments": "参数",
    "Show the version and exit.": "显示版本。", "Error: {message}": "未办理：{message}",
    "Try '{command} {option}' for help.": "用法说明：{command} {option}", "default: {default}": "默认：{default}",
    "Missing argument": "缺少参数", "Missing option": "缺少选项", "Missing parameter": "缺少参数",
    "Missing command.": "缺少命令。", "No such command {name!r}.": "没有{name!r}这个命令。",
    "No such option {name!r}.": "没有{name!r}这个选项。", "Invalid value: {message}": "填写有误：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}填写有误：{message}",
    "{value!r} is not a valid {number_type}.": "{value!r}应为整数。",
    "{name} {filename!r} does not exist.": "没有{filename!r}，请核对文件名和所在文件夹。",
    "{name} {filename!r} is a directory.": "{filename!r}是文件夹。", "{name} {filename!r} is a file.": "{filename!r}是文件。",
    "{name} {filename!r} is not readable.": "{filename!r}不能读取。", "file": "文件", "directory": "文件夹", "path": "路径",
    "Did you mean {possibility}?\0(Did you mean one of: {possibilities}?)": "是否要用{possibility}？",
    "required": "必填", "Aborted!": "已中止。", "Option {name!r} does not take a value.": "选项{name!r}不带值。",
    "Option {name!r} requires an argument.\0Option {name!r} requires {nargs} arguments.": "选项{name!r}后面还要写值。",
    "{value} is not in the range {range}.": "{value}不在范围{range}之内。",
    "{name} {filename!r} is not writable.": "{filename!r}不能写入。",
    "Could not open file {filename!r}: {message}": "{filename!r}不能打开：{message}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{value!r} is not {choice}.\0{value!r} is not one of {choices}.": "{value!r}不在可选范围内：{choices}。",
    "The value {value!r} does not match the format {format}.\0The value {value!r} does not match the formats {formats}.":
        "日期{value!r}应写成2017-07-03的样子。",
    "{value!r} does not match the format {format}.\0{value!r} does not match the formats {formats}.":
        "日期{value!r}应写成2017-07-03的样子。",
    "Got unexpected extra argument ({args})\0Got unexpected extra arguments ({args})": "多余的参数：{args}",
}  # fmt: skip


def main() -> None:
    """Write the catalogue in the binary form that the standard library reads."""
    pairs = sorted((k.encode(), v.encode()) for k, v in WORDS.items())
    keys, values, table = b"", b"", []
    for key, value in pairs:
        table.append((len(key), len(keys), len(value), len(values)))
        keys, values = keys + key + b"\0", values + value + b"\0"
    start = 28 + 16 * len(pairs)
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    first = b"".join(struct.pack("<2I", length, start + at) for length, at, _, _ in table)
    second = b"".join(struct.pack("<2I", length, start + len(keys) + at) for _, _, length, at in table)
    TARGET.write_bytes(head + first + second + keys + values)


if __name__ == "__main__":
    main()
