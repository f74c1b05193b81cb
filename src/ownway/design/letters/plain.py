"""Letters as plain text, for e-mail and for those who ask for it."""

from typing import Any


def as_text(title: str, body: list[dict[str, Any]]) -> str:
    """A letter as lines of text; a table becomes one line a row."""
    lines = [title, ""]
    for block in body:
        match block["kind"]:
            case "heading":
                lines += [block["text"].upper(), ""]
            case "text":
                lines += [block["text"], ""]
            case "list":
                lines += [*(f"- {item}" for item in block["items"]), ""]
            case "table":
                rows = [*block["rows"], *([block["total"]] if block.get("total") else [])]
                lines += [block["caption"] + ":", *(": ".join(row) for row in rows), ""]
    return "\n".join(lines).rstrip() + "\n"
