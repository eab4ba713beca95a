"""Makes src/test/resources/chat/expected.json: what transformers renders the templates beside it to, null where they refuse.

The templates are those of the models' own repositories. Run from compute/model: python3 src/test/peers/render_chats.py
Made with Python 3.11, transformers 5.23.0, jinja2 3.1.6.
"""

import json
import pathlib

from jinja2 import TemplateError
from transformers.utils.chat_template_utils import render_jinja_template

FOLDER = pathlib.Path("src/test/resources/chat")
BOS = {"llama3.2": "<|begin_of_text|>", "smollm2": "<|im_start|>"}
CHATS = [
    [("user", "What is 2+2?")],
    [("system", "You are terse."), ("user", "What is 2+2?")],
    [("system", ""), ("user", "Hi")],
    [("user", "Hi"), ("assistant", "Hello! How can I help?"), ("user", "Name a prime.")],
    [("system", "S"), ("user", "3*4"), ("assistant", "12"), ("user", "12-5"), ("assistant", "7"), ("user", "7+1")],
    [("user", "  line one\n\n  line two\t end \n")],
    [("user", "{{ messages }} {% raw %} {# no #} <b>&'\"</b> \\n $1")],
    [("user", "")],
    [("user", "Résumé: 東京 🗼")],
    [("user", "Count."), ("assistant", "1 2 3")],
    [("user", "a"), ("assistant", "<think>\nfirst|then\n</think>\n\n\nthe answer\n"), ("user", "b")],
    [("user", "a"), ("assistant", "<think>\nfirst|then\n</think>\n\n\nthe answer\n")],
    [("user", "\u00a0\u3000false\u2028\x85"), ("assistant", "\x1c0\x1f")],
    [("user", "<tool_response>x</tool_response>"), ("assistant", "ok")],
]

cases = []
for path in sorted(FOLDER.glob("*.jinja")):
    for chat in CHATS:
        messages = [{"role": role, "content": content} for role, content in chat]
        for prompt in (True, False):
            try:
                rendered = render_jinja_template(
                    conversations=[messages],
                    chat_template=path.read_text(),
                    add_generation_prompt=prompt,
                    bos_token=BOS.get(path.stem, ""),
                    eos_token="<|im_end|>",
                    # What the template falls back to where it is not told the date.
                    **({"date_string": "26 Jul 2024"} if path.stem == "llama3.2" else {}),
                )[0][0]
            except TemplateError:
                rendered = None  # The template refuses the chat.
            cases.append({"template": path.stem, "messages": messages, "prompt": prompt, "text": rendered})
(FOLDER / "expected.json").write_text(json.dumps(cases, ensure_ascii=False, indent=0) + "\n")
