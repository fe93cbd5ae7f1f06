"""Records what jinja2 makes of the templates in this folder, for the tests to compare with.

Needs the package jinja2 3.1.6 and nothing else. Run it in this folder after a change to the templates, the expressions
or the conversations; it writes recorded.json anew. What it records is jinja2's, never our own output.
"""

import copy
import datetime
import json
import pathlib

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

HERE = pathlib.Path(__file__).parent
NOW = datetime.datetime(2026, 3, 7, 15, 4, 9)
DEFAULTS = {"tools": None, "documents": None, "bos_token": "<s>", "eos_token": "</s>", "add_generation_prompt": True}


class Generation(jinja2.ext.Extension):
    """The tag that marks the model's own turns."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller):
        return caller()


def environment():
    """jinja2 set up as the package transformers sets it up for chat templates."""

    def raise_exception(message):
        raise jinja2.exceptions.TemplateError(message)

    def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    made = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    made.filters["tojson"] = tojson
    made.globals["raise_exception"] = raise_exception
    made.globals["strftime_now"] = NOW.strftime
    return made


def rendered(source, variables):
    """The text; None where jinja2 refuses the template or fails while rendering it."""
    try:
        text = environment().from_string(source).render(**DEFAULTS | copy.deepcopy(variables))
        text.encode()
    except Exception:
        return None
    if " at 0x" in text:
        raise ValueError(f"shows an address of this run: {source}")
    return text


def main():
    cases = json.loads((HERE / "cases.json").read_text())
    conversations = json.loads((HERE / "conversations.json").read_text())
    recorded = {
        "variables": cases["variables"],
        "expressions": [
            [source, rendered("{{ " + source + " }}", cases["variables"])] for source in cases["expressions"]
        ],
        "statements": [[source, rendered(source, cases["variables"])] for source in cases["statements"]],
        "prompts": [
            {
                "template": path.name,
                "conversation": conversation["name"],
                "output": rendered(path.read_bytes().decode(), conversation["variables"]),
            }
            for path in sorted((HERE / "Templates").glob("*.jinja"))
            for conversation in conversations
        ],
    }
    text = json.dumps(recorded, ensure_ascii=False, indent=0, separators=(",", ":"))
    (HERE / "recorded.json").write_text(text + "\n")


main()
