"""Sections of bench.py for single families of files: films, large films, documents."""

import os
import statistics
import struct
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CORPUS = os.path.join(ROOT, "..", "shared", "corpus", "files")
FILMS = (".mp4", ".mov", ".m4v", ".3gp", ".mkv", ".webm", ".avi", ".mts")
DOCUMENTS = (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".doc", ".xls", ".ppt", ".rtf", ".epub", ".eml", ".msg")
# What mat2 takes of these.
MAT2 = (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub")


def beside(bench, rows, cwd, mine):
    """Runs commands in turn and prints a table: label, statuses that are no failure, lanes, counted runs."""
    walls = {label: [] for label, _, _, _ in rows}
    for turn in range(-1, bench.OPTIONS.runs):
        for label, ok, lanes, runs in rows:
            # Slow programs are run once, without a turn to warm up.
            if turn >= runs or turn < 0 and runs == 1:
                continue
            wall = bench.run(lanes, ok, cwd).wall
            if turn >= 0:
                walls[label].append(wall)
    middle = {label: statistics.median(w) for label, w in walls.items()}
    bench.say("   %-34s %5s %9s %9s %7s" % ("command", "runs", "median s", "peak MB", "ratio"))
    for label, ok, lanes, _ in rows:
        most, floor = bench.peak(lanes, ok, cwd) if label == mine else (0, 0)
        bench.say("   %-34s %5d %9.3f %9s %7s" % (
            label, len(walls[label]), middle[label], bench.megabytes(most, floor) if most else "",
            "" if label == mine else "%.1f" % (middle[label] / middle[mine])))
    return middle


def is_read(bench, command):
    try:
        bench.run([[command]], (0,))
    except RuntimeError:
        return False
    return True


def films(bench, folder, files):
    bench.say("9. Films of the set")
    chosen = [name for name in files if name.lower().endswith(FILMS)]
    if not chosen:
        return bench.say("   the set has none")
    bench.say("   %d films, each named on the command line; -ee also reads what is written while a film runs" % len(chosen))
    mine = "untrail inspect --format ndjson"
    rows = [(mine, bench.UNTRAIL_OK, [bench.batches([bench.OPTIONS.untrail, "inspect", "--format", "ndjson"], chosen)], 99)]
    targets = {}
    for name, args, runs, target in (("mediainfo", ["--Output=JSON"], 99, 20), ("exiftool", ["-ee", "-j"], 1, 50)):
        tool = bench.program(name)
        if tool:
            label = " ".join([name] + args)
            rows.append((label, None, [bench.batches([tool] + args, chosen)], runs))
            targets[label] = target
    middle = beside(bench, rows, folder, mine)
    for label, target in targets.items():
        bench.say("   target: at least %d times faster than %s: %s" % (
            target, label, bench.verdict(middle[label] >= target * middle[mine])))
    bench.FIGURES["films"] = dict(count=len(chosen), medians=middle)


def write_sparse_film(path, size):
    """A film of `size` bytes, all of them holes but a head and `moov` at its end."""
    sys.path.insert(0, os.path.join(ROOT, "scripts"))
    from film_samples import EPOCH, JULY_19, box, full, said
    mvhd = full(b"mvhd", struct.pack(">IIII", JULY_19 + EPOCH, JULY_19 + EPOCH, 1000, 4000) + bytes(80))
    moov = box(b"moov", mvhd + box(b"udta", said(b"\xa9xyz", "+48.8584+002.2945/")))
    head = box(b"ftyp", b"mp42" + bytes(4) + b"isommp42")
    with open(path, "wb") as file:
        file.write(head + struct.pack(">I4sQ", 1, b"mdat", size - len(head) - len(moov)))
        file.seek(size - len(moov))
        file.write(moov)


def write_sparse_action_film(path, size, seconds):
    """A film with a second of positions, 18 of them, each `size / seconds` bytes; holes between them."""
    sys.path.insert(0, os.path.join(ROOT, "scripts"))
    from film_samples import JULY_19, box, fixes, full, hdlr, mvhd
    step = size // (seconds + 1)
    offsets = [step * (number + 1) for number in range(seconds)]
    samples = []
    with open(path, "wb") as file:
        head = box(b"ftyp", b"mp41" + bytes(4) + b"mp41")
        file.write(head + struct.pack(">I4sQ", 1, b"mdat", size - len(head)))
        for number, offset in enumerate(offsets):
            place = (48.0 + number * 1e-5, 2.0 + number * 1e-5)
            sample = fixes([(place[0] + part * 5e-7, place[1]) for part in range(18)], number)
            samples.append(len(sample))
            file.seek(offset)
            file.write(sample)
        file.seek(size)
        when = JULY_19 + 2082844800
        tables = (full(b"stsd", struct.pack(">I", 1) + box(b"gpmd", bytes(6) + struct.pack(">HI", 1, 0)))
                  + full(b"stts", struct.pack(">III", 1, seconds, 1000)) + full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1))
                  + full(b"stsz", struct.pack(">II", 0, seconds) + struct.pack(">%dI" % seconds, *samples))
                  + full(b"co64", struct.pack(">I", seconds) + struct.pack(">%dQ" % seconds, *offsets)))
        media = (full(b"mdhd", struct.pack(">IIIIHH", when, when, 1000, 1000 * seconds, 0x55C4, 0)) + hdlr(b"meta", b"GoPro MET")
                 + box(b"minf", box(b"gmhd", full(b"gmin", bytes(12))) + box(b"stbl", tables)))
        tkhd = full(b"tkhd", struct.pack(">III4xI", when, when, 1, 1000 * seconds) + bytes(60), flags=7)
        file.write(box(b"moov", mvhd(JULY_19) + box(b"trak", tkhd + box(b"mdia", media))))


def large(bench, work):
    bench.say("10. Large films")
    with tempfile.TemporaryDirectory(dir=work) as folder:
        path = os.path.join(folder, "film.mp4")
        write_sparse_film(path, 20_000_000_000)
        walls = [bench.untrail(["inspect", "--format", "ndjson", path]).wall for _ in range(bench.OPTIONS.runs)]
        wall = statistics.median(walls)
        read = bench.bytes_read([bench.OPTIONS.untrail, "inspect", "--format", "ndjson", path], path)
        bench.say("   20 GB, moov at its end: %.0f ms, %s read" % (
            wall * 1000, "%.0f KB" % (read / 1000) if read is not None else "unknown"))
        good = wall <= 0.05 and read is not None and read <= 1e6
        bench.say("   target: at most 50 ms and 1 MB: %s" % bench.verdict(good))
        os.remove(path)
        action = os.path.join(folder, "action.mp4")
        write_sparse_action_film(action, 4_000_000_000, 3600)
        command = [bench.OPTIONS.untrail, "inspect", "--format", "ndjson", action]
        walls = [bench.run([[command]], bench.UNTRAIL_OK).wall for _ in range(bench.OPTIONS.runs)]
        most, floor = bench.peak([[command]], bench.UNTRAIL_OK)
        seconds = statistics.median(walls)
        bench.say("   4 GB with an hour of positions, 64,800: %.2f s, peak %s MB" % (seconds, bench.megabytes(most, floor)))
        bench.say("   target: at most 2 s and 100 MB: %s" % bench.verdict(seconds <= 2 and most <= 100e6))
        bench.FIGURES["large"] = dict(sparse=wall, sparseBytes=read, action=seconds, actionPeak=most)


def documents(bench):
    bench.say("11. Documents")
    if not os.path.isdir(CORPUS):
        return bench.say("   needs the real files beside the project: left out")
    found = sorted(os.path.join(folder, name) for folder, _, names in os.walk(CORPUS) for name in names)
    chosen = [path for path in found if path.lower().endswith(DOCUMENTS)]
    bench.say("   %d documents and mails of the corpus, each named on the command line" % len(chosen))
    mine = "untrail inspect --format ndjson"

    def ours(paths):
        return [bench.batches([bench.OPTIONS.untrail, "inspect", "--format", "ndjson"], paths)]

    rows = [(mine, bench.UNTRAIL_OK, ours(chosen), 99)]
    exiftool = bench.program("exiftool")
    if exiftool:
        rows.append(("exiftool -ee -j", None, [bench.batches([exiftool, "-ee", "-j"], chosen)], 1))
    middle = beside(bench, rows, CORPUS, mine)
    if exiftool:
        good = middle["exiftool -ee -j"] >= 5 * middle[mine]
        bench.say("   target: at least 5 times faster than exiftool -ee: %s" % bench.verdict(good))
    mat2 = bench.program("mat2")
    if mat2:
        some = [path for path in chosen if path.lower().endswith(MAT2) and is_read(bench, [mat2, "--show", path])]
        bench.say("   the %d of them that mat2 reads to their end: it stops at the first that it does not" % len(some))
        both = beside(bench, [(mine, bench.UNTRAIL_OK, ours(some), 99),
                              ("mat2 --show", None, [bench.batches([mat2, "--show"], some)], 1)], CORPUS, mine)
        good = both["mat2 --show"] >= 20 * both[mine]
        bench.say("   target: at least 20 times faster than mat2 --show: %s" % bench.verdict(good))
        middle["mat2"] = both
    bench.FIGURES["documents"] = dict(count=len(chosen), medians=middle)
