#!/usr/bin/python3
"""Hold JSON, NDJSON or YAML files against a schema, as those in schemas/.

    scripts/validate-json.py SCHEMA FILE...            each file is one JSON document
    scripts/validate-json.py SCHEMA FILE... --lines    each line is one JSON document (NDJSON)
    scripts/validate-json.py SCHEMA FILE... --yaml     each file is one YAML document

Mistakes are printed as FILE:LINE: path: message, the first ones only. Exit status: 0 where all is
valid, 1 where something is not, 2 where there was nothing to validate or the command is wrong.
The schema, and all others in its folder that it can refer to, are checked first. Nothing is fetched
from anywhere.

Needs the Debian packages python3-jsonschema and, for --yaml, python3-yaml.
"""

import argparse
import json
import os
import re
import signal
import sys
from urllib.parse import urljoin

ERROR_LIMIT = 20      # mistakes printed
MESSAGE_LIMIT = 300   # characters of a message


class Flaw(Exception):
    """Something that is no document at all."""

    def __init__(self, line, message):
        super().__init__(message)
        self.line = line
        self.message = message


def missing(package):
    print(f"validate-json.py: the Debian package {package} is missing: apt-get install {package}", file=sys.stderr)
    sys.exit(2)


# Reading ---------------------------------------------------------------------------------------


def decoded(data, line=1):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Flaw(line + data.count(b"\n", 0, error.start), "this is not UTF-8") from None


def unique_keys(pairs):
    result = {}
    for key, value in pairs:
        if key in result:
            raise ValueError(f"the key {key!r} stands twice in one object")
        result[key] = value
    return result


def no_constant(name):
    raise ValueError(f"{name} is no JSON number")


def parse_json(text, line=1):
    try:
        return json.loads(text, object_pairs_hook=unique_keys, parse_constant=no_constant)
    except json.JSONDecodeError as error:
        raise Flaw(line + error.lineno - 1, f"this is not JSON: {error.msg}, column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise Flaw(line, str(error)) from None


def documents(path, args):
    """Gives (document, how to find the line of a path in it), or a Flaw in place of a document."""
    with open(path, "rb") as file:
        data = file.read()
    if args.lines:
        lines = data.split(b"\n")
        if lines[-1] == b"":
            lines.pop()
        for number, line in enumerate(lines, 1):
            try:
                if not line.strip():
                    raise Flaw(number, "an empty line")
                yield parse_json(decoded(line, number), number), lambda _, number=number: number
            except Flaw as flaw:
                yield flaw, None
        return
    if not data.strip():
        return
    try:
        text = decoded(data)
        if args.yaml:
            yield from yaml_document(text)
        else:
            yield parse_json(text), lambda keys: json_line(text, keys)
    except Flaw as flaw:
        yield flaw, None


def json_line(text, keys):
    """The line on which the value that a list of keys and indexes leads to starts."""
    decoder = json.JSONDecoder()
    blanks = re.compile(r"[ \t\r\n]*")

    def skip(index):
        return blanks.match(text, index).end()

    index = skip(0)
    for wanted in keys:
        index = skip(index + 1)
        position = 0
        while True:
            key = position
            if isinstance(wanted, str):
                key, index = decoder.raw_decode(text, index)
                index = skip(skip(index) + 1)
            if key == wanted:
                break
            index = skip(skip(decoder.raw_decode(text, index)[1]) + 1)
            position += 1
    return text.count("\n", 0, index) + 1


def yaml_document(text):
    try:
        import yaml
    except ImportError:
        missing("python3-yaml")

    class Loader(yaml.SafeLoader):
        """Knows no dates, as the rule parser, and takes no key twice and no merge keys."""

        yaml_implicit_resolvers = {
            first: [(tag, test) for tag, test in tests if tag != "tag:yaml.org,2002:timestamp"]
            for first, tests in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def construct_mapping(self, node, deep=False):
            seen = set()
            for key, _ in node.value:
                if key.tag != "tag:yaml.org,2002:str":
                    raise Flaw(key.start_mark.line + 1, "a key that is no text")
                if key.value in seen:
                    raise Flaw(key.start_mark.line + 1, f"the key {key.value!r} stands twice in one mapping")
                seen.add(key.value)
            return super().construct_mapping(node, deep=deep)

    loader = Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return
        document = loader.construct_document(root)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or error
        raise Flaw(mark.line + 1 if mark else 1, f"this is not YAML: {problem}") from None
    finally:
        loader.dispose()

    def line(keys):
        node = root
        for wanted in keys:
            if isinstance(wanted, int):
                node = node.value[wanted]
            else:
                node = next(value for key, value in node.value if key.value == wanted)
        return node.start_mark.line + 1

    yield document, line


# Validating ------------------------------------------------------------------------------------


def load_schemas(main):
    """The schema, a resolver over all schemas of its folder, and the mistakes in them."""
    from jsonschema import Draft202012Validator, RefResolver
    from jsonschema.exceptions import RefResolutionError

    main = os.path.realpath(main)
    folder = os.path.dirname(main)
    paths = {main}
    if os.path.isdir(folder):
        paths |= {os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".schema.json")}

    schemas, flaws = {}, []
    for path in sorted(paths):
        try:
            with open(path, "rb") as file:
                text = decoded(file.read())
            schema = parse_json(text)
            if not isinstance(schema, dict) or not isinstance(schema.get("$id"), str):
                raise Flaw(1, "a schema must be an object with an $id")
            if any(other["$id"] == schema["$id"] for other in schemas.values()):
                raise Flaw(json_line(text, ["$id"]), "another schema has this $id")
            schemas[path] = schema
            meta = Draft202012Validator(Draft202012Validator.META_SCHEMA)
            for error in flattened(meta.iter_errors(schema)):
                flaws.append((path, json_line(text, error.absolute_path), keys_text(error), sentence(error)))
        except Flaw as flaw:
            flaws.append((path, flaw.line, "", flaw.message))
        except OSError as error:
            flaws.append((path, 1, "", error.strerror))
    if flaws:
        return None, None, flaws

    def refuse(address):
        raise ValueError(f"{address} is not in {folder}")

    resolver = RefResolver(
        schemas[main]["$id"], schemas[main], store={schema["$id"]: schema for schema in schemas.values()},
        handlers={scheme: refuse for scheme in ("http", "https", "ftp", "file")})
    for path, schema in schemas.items():
        for reference in references(schema):
            try:
                resolver.resolve(urljoin(schema["$id"], reference))
            except RefResolutionError as error:
                flaws.append((path, 1, "", f"the reference {reference} leads nowhere: {error}"))
    return schemas[main], resolver, flaws


def references(schema):
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


def keys_text(error):
    text = ""
    for key in error.absolute_path:
        text += f"[{key}]" if isinstance(key, int) else ("." if text else "") + str(key)
    return text


def flattened(errors):
    """The errors; in place of a failed oneOf, those of the one branch that "type" or "by" says is meant."""
    for error in errors:
        branches = {}
        if error.validator == "oneOf":
            for inner in error.context:
                branches.setdefault(inner.schema_path[0], []).append(inner)
        meant = [branch for branch in branches.values() if not any(map(is_other_branch, branch))]
        if len(branches) > 1 and len(meant) == 1:
            yield from flattened(meant[0])
        else:
            yield error


def is_other_branch(error):
    return error.validator == "const" and list(error.path) in (["type"], ["by"])


def sentence(error):
    """The validator's message; for a failed choice, what the choices say."""
    if error.validator not in ("oneOf", "anyOf"):
        return error.message
    if not error.context:
        return "more than one choice fits"
    return "no choice fits: " + "; or ".join(dict.fromkeys(inner.message for inner in error.context))


def printable(text):
    text = str(text)
    if len(text) > MESSAGE_LIMIT:
        text = text[: MESSAGE_LIMIT // 2] + " ... " + text[-MESSAGE_LIMIT // 2 :]
    return "".join(c if c.isprintable() else f"\\u{{{ord(c):X}}}" for c in text)


def counted(number, noun):
    return f"{number} {noun}" + ("" if number == 1 else "s")


def main():
    parser = argparse.ArgumentParser(
        description="Hold JSON, NDJSON or YAML files against a schema.",
        epilog="Exit status: 0 valid, 1 not valid, 2 nothing was validated.",
    )
    parser.add_argument("schema", metavar="SCHEMA")
    parser.add_argument("files", metavar="FILE", nargs="+")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--lines", action="store_true", help="each line is a JSON document")
    form.add_argument("--yaml", action="store_true", help="the files are YAML")
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)

    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        missing("python3-jsonschema")

    error_count = 0

    def report(path, line, keys, message):
        nonlocal error_count
        error_count += 1
        if error_count <= ERROR_LIMIT:
            print(f"{printable(path)}:{line}: {printable(keys) or '.'}: {printable(message)}")

    schema, resolver, flaws = load_schemas(args.schema)
    for flaw in flaws:
        report(*flaw)
    document_count = 0
    if not flaws:
        validator = Draft202012Validator(schema, resolver=resolver)
        for path in args.files:
            before = document_count
            try:
                for document, line in documents(path, args):
                    document_count += 1
                    if isinstance(document, Flaw):
                        report(path, document.line, "", document.message)
                        continue
                    try:
                        for error in flattened(validator.iter_errors(document)):
                            report(path, line(error.absolute_path), keys_text(error), sentence(error))
                    except RecursionError:
                        report(path, line([]), "", "nested too deep")
                if document_count == before:
                    report(path, 1, "", "no document is in this file")
            except OSError as error:
                report(path, 1, "", error.strerror)

    if error_count > ERROR_LIMIT:
        print(f"and {error_count - ERROR_LIMIT} more")
    print(f"{counted(document_count, 'document')}, {counted(error_count, 'error')}")
    if not flaws and document_count == 0:
        sys.exit(2)
    sys.exit(1 if error_count else 0)


if __name__ == "__main__":
    main()
