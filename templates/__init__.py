"""The Word papers (文书): one folder each, a master.docx that a clerk can edit and the blanks it needs."""
