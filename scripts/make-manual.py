#!/usr/bin/env python3
"""make-manual.py UNTRAIL FOLDER: writes a manual page (section 1) of each command, and completions of three shells.

Everything comes from the program: --experimental-dump-help and --generate-completion-script. The same program gives the
same bytes on the day SOURCE_DATE_EPOCH, which is today where it is not set. Layout: groff_man(7).
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

SHELLS = {"bash": "untrail", "zsh": "_untrail", "fish": "untrail.fish"}


def ask(untrail, *arguments):
    return subprocess.run([untrail, *arguments], check=True, capture_output=True, text=True).stdout


def escape(text):
    """Text as roff shows it unchanged."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    text = text.replace("^", "\\(ha").replace("~", "\\(ti")
    return "\\&" + text if text.startswith((".", "'")) else text


def paragraphs(text):
    """Runs of lines: of an example, which are indented, or of words."""
    block, kind = [], None
    for line in (text or "").splitlines() + [""]:
        now = None if not line.strip() else "example" if line.startswith("  ") else "words"
        if now != kind and block:
            yield kind, block
            block = []
        kind = now
        if now:
            block.append(line.strip() if now == "words" else line[2:])


def sections(command):
    """The discussion, cut where a line ends in a colon and a heading is known."""
    known = {"Examples:": "EXAMPLES", "The evening before a trip:": "EXAMPLES", "Exit status:": "EXIT STATUS",
             "Environment:": "ENVIRONMENT"}
    found = {"DESCRIPTION": []}
    heading = "DESCRIPTION"
    for kind, lines in paragraphs(command.get("discussion")):
        if kind == "words" and lines[-1] in known:
            if lines[:-1]:
                found[heading].append((kind, lines[:-1]))
            heading = known[lines[-1]]
            found.setdefault(heading, [])
        else:
            found[heading].append((kind, lines))
    return found


def write_blocks(out, blocks):
    for kind, lines in blocks:
        if kind == "example":
            out += [".PP", ".RS 4", ".EX", *map(escape, lines), ".EE", ".RE"]
        else:
            out += [".PP", *map(escape, lines)]


def write_section(out, heading, blocks):
    """A heading and what stands below it; no paragraph mark follows a heading."""
    start = len(out)
    write_blocks(out, blocks)
    if out[start:start + 1] == [".PP"]:
        del out[start]
    out.insert(start, ".SH " + ('"%s"' % heading if " " in heading else heading))


def flag(name):
    return ("-" if name["kind"] == "short" else "--") + name["name"]


def synopsis(argument):
    value = "\\fI" + escape(argument.get("valueName", "value")) + "\\fR"
    if argument["kind"] == "positional":
        text = value
    else:
        text = "\\fB" + escape(flag(argument["preferredName"])) + "\\fR"
        if argument["kind"] == "option":
            text += " " + value
    if argument["isRepeating"]:
        text += " ..."
    return "[" + text + "]" if argument["isOptional"] else text


def term(argument):
    if argument["kind"] == "positional":
        return "\\fI" + escape(argument["valueName"]) + "\\fR"
    names = ", ".join("\\fB" + escape(flag(name)) + "\\fR" for name in argument["names"])
    return names + (" \\fI" + escape(argument["valueName"]) + "\\fR" if argument["kind"] == "option" else "")


def page(command, way, version, date, others):
    title = "-".join(way)
    out = ['.TH "%s" "1" "%s" "untrail %s" "User Commands"' % (escape(title.upper()), date, escape(version))]
    out += [".SH NAME", escape(title) + " \\- " + escape(command["abstract"].rstrip("."))]
    shown = [a for a in command.get("arguments", []) if a["shouldDisplay"]]
    out += [".SH SYNOPSIS", ".nh", "\\fB" + escape(" ".join(way)) + "\\fR"]
    out += [synopsis(argument) for argument in shown]
    subcommands = [c for c in command.get("subcommands", []) if c["shouldDisplay"] and c["commandName"] != "help"]
    if subcommands:
        out.append("\\fIcommand\\fR")
    out.append(".hy")
    parts = sections(command)
    write_section(out, "DESCRIPTION", [("words", [command["abstract"]]), *parts.pop("DESCRIPTION")])
    if shown:
        out.append(".SH OPTIONS")
        for argument in shown:
            out += [".TP", term(argument), escape(argument.get("abstract", ""))]
            if argument.get("defaultValue"):
                out.append(escape("(default: %s)" % argument["defaultValue"]))
    if subcommands:
        out.append(".SH COMMANDS")
        for sub in subcommands:
            out += [".TP", "\\fB" + escape(title + "-" + sub["commandName"]) + "\\fR(1)", escape(sub["abstract"])]
    parts.setdefault("EXIT STATUS", [("words", ["As untrail(1) lists them."])])
    for heading in ("EXAMPLES", "ENVIRONMENT", "EXIT STATUS"):
        if heading in parts:
            write_section(out, heading, parts[heading])
    out.append('.SH "SEE ALSO"')
    out.append(",\n".join("\\fB" + escape(name) + "\\fR(1)" for name in others if name != title))
    return "\n".join(out) + "\n"


def walk(command, way):
    yield command, way
    for sub in command.get("subcommands", []):
        if sub["shouldDisplay"] and sub["commandName"] != "help":
            yield from walk(sub, way + [sub["commandName"]])


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    untrail, folder = sys.argv[1], Path(sys.argv[2])
    version = ask(untrail, "--version").strip()
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    date = time.strftime("%Y-%m-%d", time.gmtime(seconds))
    pages = list(walk(json.loads(ask(untrail, "--experimental-dump-help"))["command"], ["untrail"]))
    (folder / "man1").mkdir(parents=True, exist_ok=True)
    for command, way in pages:
        # Its own family: the commands above it, those beside it and those below.
        others = ["-".join(other) for _, other in pages if other[:-1] == way[:-1] or other == way[:-1]]
        (folder / "man1" / ("-".join(way) + ".1")).write_text(page(command, way, version, date, others))
    for shell, name in SHELLS.items():
        (folder / shell).mkdir(exist_ok=True)
        (folder / shell / name).write_text(ask(untrail, "--generate-completion-script", shell))


main()
