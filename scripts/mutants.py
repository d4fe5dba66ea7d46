#!/usr/bin/env python3
"""mutants.py --untrail PATH [--count 100000] [--seed 1] [FOLDER ...]: runs untrail over changed copies of real files.

Each mutant is a file of the folders (default: samples/ and, where it is there, ../shared/corpus/files; up to 256 KiB)
with a few bytes changed, a piece cut out, doubled or swapped, a length overwritten, or the end cut off. The same seed
makes the same mutants. Fails where a run does not end by itself with one record per file, where the program crashes, or
where a record's place is none on Earth. What became of the files is counted and printed.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LENGTHS = [b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"\xff\xff", b"\x00\x00",
           b"\x00\x00\x00\x01", b"\x01\x00\x00\x00"]
BATCH = 2500


def mutant(data, rng):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        # Metadata stands at the beginning of most files.
        span = len(data) if rng.random() < 0.3 else min(len(data), 4096)
        if span < 8:
            break
        at = rng.randrange(span - 4)
        kind = rng.random()
        if kind < 0.35:
            data[at] = rng.randrange(256)
        elif kind < 0.6:
            value = rng.choice(LENGTHS)
            data[at:at + len(value)] = value
        elif kind < 0.7:
            data[at] ^= 1 << rng.randrange(8)
        elif kind < 0.8:
            del data[at:at + rng.randrange(1, 64)]
        elif kind < 0.9:
            piece = data[at:at + rng.randrange(1, 64)]
            data[at:at] = piece
        else:
            del data[rng.randrange(1, len(data)):]
    return bytes(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--untrail", required=True)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folders", nargs="*")
    options = parser.parse_args()
    folders = options.folders or [str(ROOT / "samples"), str(ROOT.parent / "shared/corpus/files")]
    seeds = []
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.is_file() and 0 < path.stat().st_size <= 256 << 10:
                seeds.append(path)
    if not seeds:
        sys.exit("mutants: no file to start from")
    contents = [path.read_bytes() for path in seeds]
    rng = random.Random(options.seed)
    outcomes, codes, done = collections.Counter(), collections.Counter(), 0
    base = "/dev/shm" if os.path.isdir("/dev/shm") else None
    while done < options.count:
        batch = min(BATCH, options.count - done)
        with tempfile.TemporaryDirectory(prefix="untrail-mutants-", dir=base) as folder:
            for index in range(batch):
                choice = rng.randrange(len(seeds))
                name = f"{index:05d}{seeds[choice].suffix[:8]}"
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(mutant(contents[choice], rng))
            run = subprocess.run(
                [options.untrail, "inspect", "--no-config", "--format", "ndjson", "--privacy", "exact", folder],
                capture_output=True, timeout=600)
            if run.returncode not in (0, 3):
                sys.exit(f"mutants: status {run.returncode} at mutants {done} to {done + batch}: {run.stderr[-500:]!r}")
            records = [json.loads(line) for line in run.stdout.splitlines()]
            files = [record for record in records if record["type"] == "file"]
            # What lies inside a file has records of its own, with the same path.
            whole = [record["path"] for record in files if not record["member"]]
            if len(whole) != batch or len(set(whole)) != batch:
                sys.exit(f"mutants: {len(whole)} records for {batch} files")
            if records[-1]["type"] != "trailer" or not records[-1]["complete"]:
                sys.exit("mutants: the report has no end")
            for record in files:
                outcomes[record["coverage"]] += 1
                for diagnostic in record["diagnostics"]:
                    codes[diagnostic["code"]] += 1
                for fact in record["observations"]:
                    if fact["kind"] == "location" and not (
                            abs(fact["latitude"]) <= 90 and abs(fact["longitude"]) <= 180):
                        sys.exit(f"mutants: a place that is none: {fact}")
        done += batch
    print(f"{done} mutants of {len(seeds)} files, seed {options.seed}: one record each")
    print("outcomes:", ", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    print("diagnostics:", ", ".join(f"{name} {count}" for name, count in codes.most_common()))


if __name__ == "__main__":
    main()
