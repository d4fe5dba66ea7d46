#!/usr/bin/python3
"""Measure untrail beside other programs that read metadata, and print the figures.

    scripts/bench.py --untrail PATH                everything, two to three minutes
    scripts/bench.py --untrail PATH --only empty   one of speed, reads, device, memory, empty, isolation,
                                                   history, movement, films, large, documents
    scripts/bench.py --untrail PATH --set FOLDER   on files that are there already

What is measured, and what the figures are worth, is in docs/performance.md. Units: 1 KB is 1,000
bytes, 1 KiB is 1,024. A missed target is printed, but does not fail the run: the exit status is 0
unless a program could not be run at all.

Needs only Debian packages: python3; libimage-exiftool-perl, exiv2, file, mediainfo, mat2 and strace for their rows.
What is missing is said, and its row is left out.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import zlib

import bench_formats

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAMPLES = os.path.join(ROOT, "samples")
SHARED_MAKER = os.path.join(ROOT, "..", "shared", "tools", "make_throughput.py")
SHARED_BYTES = 650_000  # a file, roughly: to check for room
OWN_BYTES = 200_000

# Debian package of each program that is compared with or measured with.
PACKAGES = {"exiftool": "libimage-exiftool-perl", "exiv2": "exiv2", "file": "file",
            "strace": "strace", "jq": "jq", "wc": "coreutils", "mediainfo": "mediainfo", "mat2": "mat2"}
SECTIONS = ("speed", "reads", "device", "memory", "empty", "isolation", "history", "movement", "films",
            "large", "documents")

# As xargs does it: at most this many bytes of arguments for one process.
BATCH_BYTES = 128 * 1024
JPEG = (".jpg", ".jpeg")
PHOTO = JPEG + (".heic", ".heif", ".avif", ".dng")
UNTRAIL_OK = (0, 1, 3)  # 1: findings; 3: a file could not be read
EMPTY_RUNS = 20
MEMORY_RUNS = 3
COLD_RUNS = 3

ENV = {k: v for k, v in os.environ.items()
       if k not in ("LC_ALL", "LANG", "LANGUAGE", "TZ", "MAGIC", "EXIFTOOL_OPT", "EXIFTOOL_HOME",
                    "HOME", "XDG_CONFIG_HOME", "UNTRAIL_CONFIG")}
ENV.update(LC_ALL="C.UTF-8", TZ="UTC0")

FAILURES = []   # programs that could not be run
FIGURES = {}    # what --json saves
RUNNING = {}


def say(text=""):
    print(text, flush=True)


def die(message):
    sys.stderr.write("bench: " + message + "\n")
    sys.exit(1)


def verdict(good):
    return "met" if good else "missed"


# Running ---------------------------------------------------------------------------------------

class Run:
    """Seconds of wall and processor time, bytes read from a block device, most bytes of memory of
    one process."""

    def __init__(self):
        self.wall = self.cpu = 0.0
        self.device = self.most = 0


def check(name, code, ok):
    if code < 0 or code in (126, 127) or (ok is not None and code not in ok):
        raise RuntimeError("%s ended with %d" % (os.path.basename(name), code))


def run(lanes, ok=None, cwd=None):
    """Runs the lanes side by side, the commands within a lane one after the other."""
    result = Run()
    left = [list(lane) for lane in lanes]
    live = {}
    codes = []

    def start(lane):
        if left[lane]:
            child = subprocess.Popen(left[lane].pop(0), cwd=cwd, env=ENV, stdin=subprocess.DEVNULL,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            live[child.pid] = (lane, child)
            RUNNING[child.pid] = child

    began = time.perf_counter()
    for lane in range(len(lanes)):
        start(lane)
    while live:
        pid, status, usage = os.wait4(-1, 0)
        if pid not in live:
            continue
        lane, child = live.pop(pid)
        del RUNNING[pid]
        start(lane)
        child.returncode = os.waitstatus_to_exitcode(status)
        codes.append((child.args[0], child.returncode))
        result.cpu += usage.ru_utime + usage.ru_stime
        result.device += usage.ru_inblock * 512
        result.most = max(result.most, usage.ru_maxrss * 1024)
    result.wall = time.perf_counter() - began
    for name, code in codes:
        check(name, code, ok)
    return result


# Peak memory is taken in runs of its own, started by a small process: as the kernel tells it, a
# program's peak is never less than that of the process it was started from. This one has 8 MB.
# (Times are not taken there: on two cores, untrail was seen to run a quarter slower as the child
# of a child.)
STARTER = r"""
import posix, sys
words = iter(sys.stdin.buffer.read().split(b"\0"))
def number():
    return int(next(words))
lanes = [[[next(words) for _ in range(number())] for _ in range(number())]
         for _ in range(number())]
null = [(posix.POSIX_SPAWN_OPEN, n, "/dev/null", posix.O_RDWR, 0) for n in range(3)]
live = {}
peaks = [0] * len(lanes)
codes = set()
def start(lane):
    if lanes[lane]:
        args = lanes[lane].pop(0)
        pid = posix.posix_spawn(args[0], args, posix.environ, file_actions=null,
                                setsigdef=(13, 25))
        live[pid] = lane
for lane in range(len(lanes)):
    start(lane)
while live:
    pid, status, usage = posix.wait4(-1, 0)
    lane = live.pop(pid)
    start(lane)
    codes.add(posix.waitstatus_to_exitcode(status))
    peaks[lane] = max(peaks[lane], usage.ru_maxrss * 1024)
status = open("/proc/self/status").read()
floor = int(status[status.index("VmHWM:") + 6:].split()[0]) * 1024
print(sum(peaks), floor * len(lanes), *codes)
"""


def peak(lanes, ok=None, cwd=None):
    """The most memory of programs run like this, in bytes (of those that run at once, the sum), and
    what it cannot be below."""
    words = [len(lanes)]
    for lane in lanes:
        words.append(len(lane))
        for command in lane:
            words.append(len(command))
            words += command
    child = subprocess.Popen([sys.executable, "-I", "-S", "-c", STARTER], cwd=cwd, env=ENV,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             start_new_session=True)
    RUNNING[child.pid] = child
    out, _ = child.communicate(b"\0".join(os.fsencode(str(w)) for w in words))
    del RUNNING[child.pid]
    name = lanes[0][0][0]
    if child.returncode != 0:
        raise RuntimeError("%s could not be started" % os.path.basename(name))
    numbers = [int(word) for word in out.split()]
    for code in numbers[2:]:
        check(name, code, ok)
    return numbers[0], numbers[1]


def own_peak():
    with open("/proc/self/status") as f:
        return int(re.search(r"^VmHWM:\s*(\d+)", f.read(), re.M).group(1)) * 1024


def megabytes(most, floor):
    """A peak in MB; '<' when it is no more than that of what started it."""
    return ("%.1f" if most > floor else "<%.0f") % (most / 1e6)


def untrail(args, cwd=None):
    return run([[[OPTIONS.untrail] + args]], UNTRAIL_OK, cwd)


def summary_of(args, cwd=None):
    """The summary at the end of a JSON scan, without holding the report."""
    child = subprocess.Popen([OPTIONS.untrail] + args, cwd=cwd, env=ENV, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    tail = b""
    while True:
        block = child.stdout.read(65536)
        if not block:
            break
        tail = (tail + block)[-131072:]
    if child.wait() not in UNTRAIL_OK:
        raise RuntimeError("untrail ended with %d" % child.returncode)
    at = tail.rfind(b'"summary":')
    if at < 0:
        return {}
    return json.JSONDecoder().raw_decode(tail[at + len(b'"summary":'):].decode())[0]


def program(name):
    """The program's path; says so when it is missing."""
    path = shutil.which(name)
    if path is None:
        say("   %s is not there: its row is left out (Debian package %s)" % (name, PACKAGES[name]))
    return path


def batches(command, files):
    base = sum(len(a) + 9 for a in command)
    out, size = [], 0
    for name in files:
        n = len(os.fsencode(name)) + 9
        if not out or size + n > BATCH_BYTES:
            out.append(list(command))
            size = base
        out[-1].append(name)
        size += n
    return out


# The set ---------------------------------------------------------------------------------------

def files_below(folder):
    """All files below a folder as ./a/b, sorted; also how many bytes they have."""
    out, size = [], 0
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            path = os.path.join(base, name)
            out.append("./" + os.path.relpath(path, folder))
            size += os.path.getsize(path)
    return sorted(out), size


def noise(source, count):
    return source.getrandbits(8 * count).to_bytes(count, "little")


def padded(data, ending, source, count, stamp):
    """A copy of a sample that differs from all others and is as large as a photo usually is. What
    is added lies where a picture's own data lie, so that no reader has more to look at."""
    if ending in (".jpg", ".heic", ".tiff"):  # no checksums: another time of day
        data = re.sub(rb"20\d\d:\d\d:\d\d \d\d:\d\d:\d\d", stamp, data)
    if ending == ".jpg":
        end = data.rfind(b"\xff\xd9")
        return data[:end] + noise(source, count).replace(b"\xff", b"\xfe") + data[end:]
    if ending == ".heic":
        return data + (count + 8).to_bytes(4, "big") + b"mdat" + noise(source, count)
    if ending == ".png":
        chunk = b"IDAT" + noise(source, count)
        end = data.rfind(b"IEND") - 4
        return (data[:end] + count.to_bytes(4, "big") + chunk
                + zlib.crc32(chunk).to_bytes(4, "big") + data[end:])
    if ending == ".webp":
        count += count % 2
        body = data[8:] + b"PAD " + count.to_bytes(4, "little") + noise(source, count)
        return b"RIFF" + len(body).to_bytes(4, "little") + body
    if ending == ".tiff":
        return data + noise(source, count)
    return data + b"\nCopy: " + stamp + b"\n" + noise(source, 1500).hex().encode() + b"\n"


def make_set(count, folder):
    """Our own set: the samples over and over, each copy a little different."""
    def pick(*names):
        out = []
        for name in names:
            with open(os.path.join(SAMPLES, name), "rb") as f:
                out.append(f.read())
        return out

    phone = ["phone/IMG_%04d.jpg" % n for n in (1, 2, 4, 5, 6, 7)]
    camera = ["camera/DSC_%04d.jpg" % n for n in range(101, 107)]
    # share of the files, folder, name, templates
    kinds = [
        (50, "DCIM/%03d Phone", "IMG_%05d.jpg", pick(*phone)),
        (14, "DCIM/%03d Camera", "DSC_%05d.jpg", pick(*camera)),
        (12, "DCIM/%03d Phone", "IMG_%05d.heic",
         pick("phone/IMG_0003.heic", "phone/IMG_0008.heic")),
        (6, "WhatsApp/Media/WhatsApp Images %03d", "IMG-WA%05d.jpg", pick("stripped/clean.jpg")),
        (8, "Pictures/Screen shots %03d", "Screen shot %05d.png",
         pick("screenshots/Screenshot_20260721-093000.png", "edited/chart.png")),
        (4, "Pictures/Edited %03d", "export %05d.webp", pick("edited/export.webp")),
        (3, "Documents/Scans %03d", "scan %05d.tiff", pick("edited/scan.tiff")),
        (3, "Documents/Notes %03d", "notes %05d.txt", pick("notes/itinerary.txt")),
    ]
    source = random.Random(1)
    weights = [k[0] for k in kinds]
    for n in range(count):
        _, where, name, templates = source.choices(kinds, weights)[0]
        where = os.path.join(folder, where % (100 + n // 1000))
        name = name % n
        stamp = time.strftime("%Y:%m:%d %H:%M:%S", time.gmtime(1767225600 + n * 977)).encode()
        data = padded(source.choice(templates), os.path.splitext(name)[1], source,
                      source.randrange(80_000, 320_000), stamp)
        os.makedirs(where, exist_ok=True)
        with open(os.path.join(where, name), "wb") as f:
            f.write(data)


def the_set(work):
    if OPTIONS.set:
        if not os.path.isdir(OPTIONS.set):
            die("there is no folder " + OPTIONS.set)
        return os.path.abspath(OPTIONS.set), "given with --set"
    folder = os.path.join(work, "set")
    marker = os.path.join(work, "set.made")
    shared = os.path.exists(SHARED_MAKER) and shutil.which("exiftool") is not None
    kind = "phone export made by make_throughput.py" if shared else "copies of samples/"
    said = "%d files, %s\n" % (OPTIONS.files, kind)
    if os.path.exists(marker) and os.path.isdir(folder):
        with open(marker) as f:
            if f.read() == said:
                return folder, kind + ", there from an earlier run"
    need = OPTIONS.files * (SHARED_BYTES if shared else OWN_BYTES) * 1.1
    shutil.rmtree(folder, ignore_errors=True)
    if shutil.disk_usage(work).free < need:
        die("%s has no room for %d files (%.1f GB); choose another folder with --work or fewer "
            "files with --files" % (work, OPTIONS.files, need / 1e9))
    say("Making %d files (%s) ..." % (OPTIONS.files, kind))
    # In a process of its own, for the sake of memory.
    args = ([sys.executable, SHARED_MAKER, str(OPTIONS.files), folder] if shared else
            [sys.executable, os.path.abspath(__file__), "--make-set", folder,
             "--files", str(OPTIONS.files)])
    if subprocess.run(args, env=ENV, stdin=subprocess.DEVNULL,
                      stdout=subprocess.DEVNULL).returncode != 0:
        die("the set could not be made")
    with open(marker, "w") as f:
        f.write(said)
    return folder, kind


# Sections --------------------------------------------------------------------------------------

def speed(folder, files, size):
    say("1. Whole process, warm")
    say("   In turn in one run, output to /dev/null; before it, all files are read once and each")
    say("   command is run once uncounted (exiftool on 100 files).")
    rows = [("untrail scan --format json", ["untrail"], OPTIONS.runs, None,
             [[[OPTIONS.untrail, "scan", "--format", "json", "."]]])]
    exiv2 = program("exiv2")
    if exiv2:
        # Every second file to each, so that both have as much to do.
        rows.append(("exiv2, two at once", ["exiv2"], OPTIONS.runs, 4,
                     [batches([exiv2], files[0::2]), batches([exiv2], files[1::2])]))
    tool = program("file")
    if tool:
        rows.append(("file --mime-type", ["file"], OPTIONS.runs, 15,
                     [batches([tool, "--mime-type"], files)]))
    exiftool = program("exiftool")
    if exiftool:
        for flags, target in ((["-r", "-j", "-fast2"], 200), (["-r", "-j"], None)):
            rows.append(("exiftool " + " ".join(flags), ["exiftool"], OPTIONS.runs_slow, target,
                         [[[exiftool] + flags + ["."]]]))

    with open("/proc/meminfo") as f:
        free = int(re.search(r"^MemAvailable:\s*(\d+)", f.read(), re.M).group(1)) * 1024
    if free < size * 1.2:
        say("   The set does not fit into memory: it is read from the disk again and again.")
    for name in files:
        with open(os.path.join(folder, name), "rb", buffering=0) as f:
            while f.read(1 << 20):
                pass

    runs, peaks = {}, {}
    turns = max(OPTIONS.runs, OPTIONS.runs_slow)
    for turn in range(-1, turns):
        for label, names, count, _, lanes in rows:
            if names == ["exiftool"] and not OPTIONS.runs_slow:
                continue
            ok = UNTRAIL_OK if names == ["untrail"] else None
            # Few runs are the last turns: half a minute of exiftool is long enough for a system to
            # forget what it has read for the others.
            if runs.get(label, ()) is None or 0 <= turn < turns - count:
                continue
            if turn < 0 and names == ["exiftool"]:
                step = max(1, len(files) // 100)
                lanes = [batches(lanes[0][0][:1] + ["-j"], files[::step])]
            try:
                if turn < 0:
                    run(lanes, ok, folder)
                    if names != ["exiftool"]:  # too slow to run it for that alone
                        peaks[label] = peak(lanes, ok, folder)
                    continue
                runs.setdefault(label, []).append(run(lanes, ok, folder))
            except (RuntimeError, OSError) as error:
                FAILURES.append(str(error))
                say("   %s: %s" % (label, error))
                runs[label] = None

    say()
    say("   %-27s %4s %8s %8s %8s %7s %8s %7s  %s" % (
        "command", "runs", "median s", "min", "max", "cpu s", "peak MB", "ratio", "target"))
    ours = None
    out = []
    for label, names, _, target, lanes in rows:
        done = runs.get(label)
        if not done:
            continue
        walls = [r.wall for r in done]
        wall = statistics.median(walls)
        cpu = statistics.median(r.cpu for r in done)
        most, floor = peaks.get(label) or (max(r.most for r in done), own_peak())
        if names == ["untrail"]:
            ours = wall
        ratio = wall / ours if ours and names != ["untrail"] else None
        judged = ("at least %d: %s" % (target, verdict(ratio >= target))
                  if target and ratio is not None else "")
        say(("   %-27s %4d %8.3f %8.3f %8.3f %7.2f %8s %7s  %s" % (
            label, len(done), wall, min(walls), max(walls), cpu,
            megabytes(most, floor),
            "%.1f" % ratio if ratio is not None else "", judged)).rstrip())
        out.append(dict(command=label, runs=len(done), median=wall, min=min(walls),
                        max=max(walls), cpu=cpu, peakBytes=most, ratio=ratio, target=target))
    say("   ratio: the command's median time divided by untrail's. peak: of two at once, the sum.")
    FIGURES["speed"] = out
    if len(files) < 4000:
        say("   The ratios are meant for 5,000 files; with few, starting up is most of it.")
    disk = [(r.device, label) for label in runs for r in runs[label] or [] if r.device > 10e6]
    if disk:
        say("   Not all of it was warm: %.0f MB came from the disk in a run of %s." % (
            max(disk)[0] / 1e6, max(disk)[1]))
    try:
        summary = summary_of(["scan", "--format", "json", "."], folder)
    except (RuntimeError, OSError, ValueError) as error:
        say("   untrail's own count could not be had: %s" % error)
        return
    if summary:
        coverage = summary.get("coverage", {})
        say("   untrail says of the set: %s files, %s." % (
            summary.get("files"), ", ".join("%s %s" % (v, k) for k, v in coverage.items() if v)))
        left = summary.get("notRead", {})
        if left:
            say("   Not read in them: %s." % ", ".join("%s %s" % (v, k)
                                                      for k, v in left.items()))
        if summary.get("files") != len(files):
            say("   That is not the number of files in the set (%d)." % len(files))
        FIGURES["untrailSummary"] = {k: summary.get(k) for k in ("files", "coverage", "notRead")}


def reads(folder, files, work):
    say("2. Bytes read in a JPEG (system calls, counted with strace)")
    strace = program("strace")
    jpegs = [f for f in files if f.lower().endswith(JPEG)]
    if not strace or not jpegs:
        return
    some = jpegs[::-(-len(jpegs) // 500)]
    log = os.path.join(work, "strace")
    shutil.rmtree(log, ignore_errors=True)
    os.mkdir(log)
    listing = os.path.join(work, "jpegs.list")
    with open(listing, "wb") as f:
        f.write(b"".join(os.fsencode(n) + b"\0" for n in some))
    calls = "openat,read,readv,pread64,preadv,preadv2,mmap,sendfile,copy_file_range,splice"
    # One log a thread (-ff), so that no call is printed in two halves.
    run([[[strace, "-ff", "-y", "-s", "0", "-e", "signal=none", "-e", "trace=" + calls,
           "-o", os.path.join(log, "t"), OPTIONS.untrail, "scan", "--jobs", "1", "--format", "json",
           "--files-from", listing, "--null"]]], UNTRAIL_OK, folder)
    call = re.compile(r"^(\w+)\((.*)\)\s+=\s+(-?\d+|0x[0-9a-f]+)")
    on_jpeg = re.compile(r"(?:^|, )\d+<([^>]*\.jpe?g)>", re.I)
    per, opened, mapped = {}, 0, 0
    for name in os.listdir(log):
        with open(os.path.join(log, name), errors="replace") as f:
            for line in f:
                found = call.match(line)
                if not found:
                    continue
                if found.group(1) == "openat":
                    if re.search(r"= \d+<[^>]*\.jpe?g>", line, re.I):
                        opened += 1
                    continue
                which = on_jpeg.search(found.group(2))
                if not which:
                    continue
                if found.group(1) == "mmap":
                    mapped += 1
                    continue
                entry = per.setdefault(which.group(1), [0, 0])
                entry[0] += max(0, int(found.group(3), 0))
                entry[1] += 1
    if not per:
        say("   No read was seen (strace may not be allowed here).")
        return
    sizes = sorted(v[0] for v in per.values())
    mean = sum(sizes) / len(some)
    count = sum(v[1] for v in per.values())
    say("   untrail scan --jobs 1 --format json on %d JPEGs of the set: %.1f KiB a file in %.1f "
        "reads" % (len(some), mean / 1024, count / len(some)))
    say("   (half of them at most %.1f KiB, 95 in 100 at most %.1f, the most %.1f); %d opened, "
        "%d mapped" % (statistics.median(sizes) / 1024, sizes[int(len(sizes) * 0.95)] / 1024,
                       sizes[-1] / 1024, opened, mapped))
    say("   target: at most 16 KiB a file: %s"
        % verdict(mean <= 16 * 1024 and mapped == 0))
    FIGURES["reads"] = dict(jpegs=len(some), bytesPerFile=mean, callsPerFile=count / len(some),
                            median=statistics.median(sizes), max=sizes[-1], opened=opened,
                            mapped=mapped, target=16 * 1024)


def bytes_read(command, path):
    """How many bytes a command reads of one file, all processes together; None where that cannot be seen."""
    strace = program("strace")
    if not strace:
        return None
    with tempfile.TemporaryDirectory() as log:
        run([[[strace, "-ff", "-y", "-s", "0", "-e", "signal=none", "-e", "trace=read,readv,pread64,preadv,preadv2",
               "-o", os.path.join(log, "t")] + command]], UNTRAIL_OK)
        total = 0
        for name in os.listdir(log):
            with open(os.path.join(log, name), errors="replace") as f:
                for line in f:
                    if "<%s>" % path in line:
                        found = re.search(r"=\s+(\d+)$", line.strip())
                        total += int(found.group(1)) if found else 0
        return total


def sectors(folder):
    """Bytes read so far from the block device that holds the folder, or None."""
    device = os.stat(folder).st_dev
    with open("/proc/diskstats") as f:
        for line in f:
            part = line.split()
            if (int(part[0]), int(part[1])) == (os.major(device), os.minor(device)):
                return int(part[5]) * 512
    return None


def evict(folder, files):
    for name in files:
        fd = os.open(os.path.join(folder, name), os.O_RDONLY)
        os.fsync(fd)
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(fd)


def device(folder, files, work):
    say("3. Bytes read from the disk when the files are not in memory")
    photos = [f for f in files if f.lower().endswith(PHOTO)]
    if os.path.isdir(os.path.join(folder, "DCIM")):
        photos = [f for f in photos if f.startswith("./DCIM/")]
        whole = [f for f in files if f.startswith("./DCIM/")]
        rows = [("DCIM, %d files with videos" % len(whole), whole, ["DCIM"], None)]
        if len(whole) == len(photos):
            rows = []
    else:
        rows = []
    if not photos:
        say("   There is no photo in the set.")
        return
    listing = os.path.join(work, "photos.list")
    with open(listing, "wb") as f:
        f.write(b"".join(os.fsencode(n) + b"\0" for n in photos))
    rows.insert(0, ("the %d photos" % len(photos), photos, ["--files-from", listing, "--null"],
                    20_000))
    out = []
    for label, group, args, target in rows:
        command = ["scan", "--format", "json"] + args
        untrail(command, folder)  # rules, libraries and the folders themselves
        cold, disk = [], []
        for _ in range(COLD_RUNS):
            evict(folder, group)
            before = sectors(folder)
            cold.append(untrail(command, folder))
            after = sectors(folder)
            disk.append(None if before is None else (after - before) / len(group))
        warm = [untrail(command, folder).wall for _ in range(OPTIONS.runs)]
        each = statistics.median(r.device for r in cold) / len(group)
        if each == 0:
            say("   Nothing was read from a disk: the set lies in memory (tmpfs), or cannot be")
            say("   removed from it.")
            return
        wall_cold = statistics.median(r.wall for r in cold)
        wall_warm = statistics.median(warm)
        other = "" if disk[0] is None else ", %.1f by the disk's own count" % (
            statistics.median(disk) / 1000)
        say("   untrail scan --format json, %s: %.1f KB a file%s" % (label, each / 1000, other))
        say("   cold %.3f s (%.3f to %.3f), warm %.3f s" % (
            wall_cold, min(r.wall for r in cold), max(r.wall for r in cold), wall_warm))
        if target:
            say("   target: at most %d KB a photo: %s" % (target / 1000, verdict(each <= target)))
        out.append(dict(what=label, files=len(group), bytesPerFile=each,
                        diskBytesPerFile=disk[0] and statistics.median(disk), cold=wall_cold,
                        warm=wall_warm, target=target))
    say("   Medians of %d cold runs, each after taking the files' contents out of memory; names and"
        % COLD_RUNS)
    say("   folders stay in it, and a virtual machine's host may keep what the guest forgot.")
    FIGURES["device"] = out


def serial_photo():
    """A sample that names serial numbers, with all but the start of its picture cut off."""
    with open(os.path.join(SAMPLES, "camera", "DSC_0101.jpg"), "rb") as f:
        data = f.read()
    at = 2
    while data[at + 1] != 0xDA:
        at += 2 + int.from_bytes(data[at + 2:at + 4], "big")
    return data[:at + 300].rstrip(b"\xff") + b"\xff\xd9"


def memory(work):
    say("4. Memory, by the number of files")
    base = os.path.join(work, "memory")
    sizes = (1_000, 10_000, 100_000)
    shutil.rmtree(base, ignore_errors=True)
    photos = []
    os.makedirs(os.path.join(base, "from"))
    for name in sorted(os.listdir(os.path.join(SAMPLES, "phone"))):
        if name.endswith(".jpg"):
            photos.append(os.path.join(base, "from", name))
            shutil.copyfile(os.path.join(SAMPLES, "phone", name), photos[-1])
    serial = serial_photo()

    def same(path, n):
        os.link(photos[n % len(photos)], path)

    def own(path, n):
        with open(path, "wb") as f:
            f.write(serial.replace(b"0012345", b"%07d" % n).replace(b"778899", b"%06d" % n))

    say("   %-38s %11s %11s %11s %12s" % (("peak MB, median of %d runs" % MEMORY_RUNS,)
                                          + tuple("%d files" % s for s in sizes)
                                          + ("more a file",)))
    out = {}
    for kind, label, make in (("same", "six photos", same), ("own", "own serials", own)):
        for count in sizes:
            for n in range(count):
                where = os.path.join(base, kind, str(count), "%03d" % (n // 1000))
                if n % 1000 == 0:
                    os.makedirs(where)
                make(os.path.join(where, "IMG_%06d.jpg" % n), n)
        for command, form in (("inspect", "ndjson"), ("scan", "json")):
            peaks = []
            for count in sizes:
                args = [OPTIONS.untrail, command, "--format", form,
                        os.path.join(base, kind, str(count))]
                peaks.append(statistics.median(peak([[args]], UNTRAIL_OK)[0]
                                               for _ in range(MEMORY_RUNS)))
            grown = (peaks[-1] - peaks[0]) / (sizes[-1] - sizes[0])
            say("   %-38s %11s %11s %11s %10.0f B" % (
                ("%s --format %s, %s" % (command, form, label),)
                + tuple("%.1f" % (p / 1e6) for p in peaks) + (grown,)))
            out[command + "-" + kind] = dict(files=sizes, peakBytes=peaks, bytesPerFile=grown)
        shutil.rmtree(os.path.join(base, kind))
    say("   six photos: hard links to samples/phone/*.jpg. own serials: small copies of a camera's")
    say("   photo, each with serial numbers no other has; the most there can be to remember.")
    for kind, label in (("same", "six photos"), ("own", "own serials")):
        say("   target, %s: inspect at most 32 MB whatever the number: %s; scan at most 1 KB a "
            "file more: %s" % (label, verdict(max(out["inspect-" + kind]["peakBytes"]) <= 32e6),
                               verdict(out["scan-" + kind]["bytesPerFile"] <= 1000)))
    FIGURES["memory"] = out
    shutil.rmtree(base, ignore_errors=True)


def empty(work):
    say("5. An empty folder")
    folder = os.path.join(work, "empty")
    os.makedirs(folder, exist_ok=True)
    untrail(["scan", folder])
    walls, nothing = [], []
    true = shutil.which("true")
    for _ in range(EMPTY_RUNS):
        walls.append(untrail(["scan", folder]).wall)
        nothing.append(run([[[true]]]).wall)
    wall = statistics.median(walls)
    say("   untrail scan: median of %d runs %.1f ms (%.1f to %.1f); a program that does nothing "
        "(true): %.1f ms" % (EMPTY_RUNS, wall * 1000, min(walls) * 1000, max(walls) * 1000,
                             statistics.median(nothing) * 1000))
    say("   target: at most 10 ms: %s" % verdict(wall <= 0.010))
    FIGURES["empty"] = dict(runs=EMPTY_RUNS, median=wall, min=min(walls), max=max(walls),
                            nothing=statistics.median(nothing), target=0.010)


def isolation(folder, files):
    say("6. What isolation costs")
    few = files[::-(-len(files) // 200)]
    rows = [("none", ["."], len(files)), ("worker", ["."], len(files)),
            ("per-file", few, len(few)), ("none, the same files", few, len(few))]
    walls = {label: [] for label, _, _ in rows}
    for turn in range(-1, OPTIONS.runs):
        for label, paths, _ in rows:
            mode = label.split(",")[0]
            done = untrail(["scan", "--format", "json", "--isolation", mode] + paths, folder)
            if turn >= 0:
                walls[label].append(done.wall)
    middle = {label: statistics.median(w) for label, w in walls.items()}
    for label, _, count in rows:
        say("   %-22s %5d files  %7.3f s" % (label, count, middle[label]))
    worker = (middle["worker"] - middle["none"]) / len(files) * 1000
    each = (middle["per-file"] - middle["none, the same files"]) / len(few) * 1000
    say("   worker costs %.3f ms a file over none; at most 0.15: %s" % (worker, verdict(worker <= 0.15)))
    say("   per-file costs %.1f ms a file" % each)
    FIGURES["isolation"] = dict(medians=middle, workerMilliseconds=worker, perFileMilliseconds=each,
                                target=0.15)


def history(work):
    say("7. A location history of any size")
    say("   Records.json by scripts/make-history.py. In turn in one run, output to /dev/null; before")
    say("   it, each command is run once uncounted. wc only reads; jq makes values of all words.")
    path = os.path.join(work, "Records.json")
    out = {}
    for size in (OPTIONS.megabytes // 10, OPTIONS.megabytes):
        done = subprocess.run([sys.executable, os.path.join(ROOT, "scripts", "make-history.py"),
                               "records", path, "--megabytes", str(size)], env=ENV)
        if done.returncode != 0:
            raise RuntimeError("make-history.py ended with %d" % done.returncode)
        byte_count = os.path.getsize(path)
        rows = [("untrail inspect --format ndjson", UNTRAIL_OK,
                 [OPTIONS.untrail, "inspect", "--format", "ndjson", path])]
        for name, args in (("wc", ["-l"]), ("jq", [".locations | length"])):
            tool = program(name)
            # jq holds all of the text, many times over.
            if tool and (name != "jq" or size <= 200):
                rows.append((" ".join([name] + args), (0,), [tool] + args + [path]))
        walls = {label: [] for label, _, _ in rows}
        for turn in range(-1, OPTIONS.runs if size <= 200 else min(OPTIONS.runs, 3)):
            for label, ok, command in rows:
                done = run([[command]], ok)
                if turn >= 0:
                    walls[label].append(done.wall)
        say("   %-38s %10s %10s %10s" % ("%.0f MB" % (byte_count / 1e6), "seconds", "MB/s", "peak MB"))
        for label, ok, command in rows:
            middle = statistics.median(walls[label])
            most, floor = peak([[command]], ok)
            say("   %-38s %10.3f %10.0f %10s" % (
                label, middle, byte_count / 1e6 / middle, megabytes(most, floor)))
            out["%s, %d MB" % (label, size)] = dict(
                bytes=byte_count, median=middle, bytesPerSecond=byte_count / middle, peakBytes=most)
    os.remove(path)
    mine = out["untrail inspect --format ndjson, %d MB" % OPTIONS.megabytes]
    say("   target: at least 100 MB/s: %s; at most 64 MB of memory: %s" % (
        verdict(mine["bytesPerSecond"] >= 100e6), verdict(mine["peakBytes"] <= 64e6)))
    FIGURES["history"] = out


TRACKS = 20
TRACK_POINTS = 50_000


def write_track(path, number):
    """A made-up walk of 50,000 positions, 5 s apart: a stay, a way, a stay, and so on."""
    chance = random.Random(number)
    latitude, longitude = 52.52 + chance.uniform(-0.1, 0.1), 13.40 + chance.uniform(-0.1, 0.1)
    start = 1_735_689_600 + number * TRACK_POINTS * 5
    with open(path, "w") as file:
        file.write('<gpx version="1.1" creator="made up"><trk><trkseg>\n')
        for point in range(TRACK_POINTS):
            if point // 400 % 3 == 2:
                latitude += 0.00004
                longitude += 0.00005 * (1 if number % 2 else -1)
            file.write('<trkpt lat="%.6f" lon="%.6f"><time>%s</time></trkpt>\n' % (
                latitude + chance.gauss(0, 0.00003), longitude + chance.gauss(0, 0.00003),
                time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(start + point * 5))))
        file.write("</trkseg></trk></gpx>\n")


def movement(work):
    say("8. What a million positions say together")
    folder = os.path.join(work, "tracks")
    os.makedirs(folder, exist_ok=True)
    for number in range(TRACKS):
        path = os.path.join(folder, "%02d.gpx" % number)
        if not os.path.exists(path):
            write_track(path, number)
    commands = {name: [OPTIONS.untrail, name, "--format", "ndjson", folder] for name in ("inspect", "scan")}
    walls = {name: [] for name in commands}
    for turn in range(-1, OPTIONS.runs):
        for name, command in commands.items():
            done = run([[command]], UNTRAIL_OK)
            if turn >= 0:
                walls[name].append(done.wall)
    middle = {name: statistics.median(w) for name, w in walls.items()}
    report = subprocess.run([OPTIONS.untrail, "scan", "--format", "json", folder], env=ENV,
                            stdin=subprocess.DEVNULL, capture_output=True)
    found = json.loads(report.stdout)["movement"]
    for name, command in commands.items():
        most, floor = peak([[command]], UNTRAIL_OK)
        say("   %-8s %7.3f s  %6s MB" % (name, middle[name], megabytes(most, floor)))
        FIGURES.setdefault("movement", {})[name] = dict(median=middle[name], peakBytes=most)
    say("   %d positions, %d stays, %d places" % (
        found["fixCount"], found["stayPointCount"], len(found["places"])))
    # inspect reads the same files, writes all positions and joins nothing.
    say("   target: the whole scan, reading included, at most 2 s more than reading: %s" % verdict(
        middle["scan"] - middle["inspect"] <= 2))
    FIGURES["movement"]["fixCount"] = found["fixCount"]


# -----------------------------------------------------------------------------------------------

def first_line(args):
    try:
        done = subprocess.run(args, env=ENV, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
        return done.stdout.decode(errors="replace").split("\n")[0].strip()
    except OSError:
        return ""


def machine():
    system = ""
    try:
        with open("/etc/os-release") as f:
            system = re.search(r'^PRETTY_NAME="?([^"\n]*)', f.read(), re.M).group(1)
    except (OSError, AttributeError):
        pass
    with open("/proc/meminfo") as f:
        total = int(re.search(r"^MemTotal:\s*(\d+)", f.read(), re.M).group(1)) / (1 << 20)
    return "%d cores, %.0f GiB, %s; load before the run %.1f" % (
        len(os.sched_getaffinity(0)), total, system, os.getloadavg()[0])


def versions():
    out = ["untrail " + first_line([OPTIONS.untrail, "--version"])]
    for name, args in (("exiftool", ["-ver"]), ("exiv2", ["--version"]), ("file", ["--version"])):
        if shutil.which(name):
            line = first_line([name] + args)
            number = re.search(r"\d+\.\d[\w.]*", line)
            out.append(name + " " + (number.group(0) if number else line))
    return ", ".join(out)


def section(name, *args):
    say()
    try:
        {"speed": speed, "reads": reads, "device": device, "memory": memory,
         "empty": empty, "isolation": isolation, "history": history, "movement": movement,
         "films": bench_formats.films, "large": bench_formats.large,
         "documents": bench_formats.documents}[name](*args)
    except (RuntimeError, OSError) as error:
        FAILURES.append("%s: %s" % (name, error))
        say("   could not be measured: %s" % error)


def stop(*_):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for pid in list(RUNNING):
        for end in (os.killpg, os.kill):  # a group only where one was made
            try:
                end(pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
    sys.exit(130)


def measure(work):
    if os.path.commonpath([work, ROOT]) == ROOT:
        say("The working folder lies in the repository; do not add it.")
    say(machine())
    say(versions())
    if set(OPTIONS.only) & {"speed", "reads", "device", "isolation", "films"}:
        folder, kind = the_set(work)
        files, size = files_below(folder)
        if not files:
            die("there is no file in the set")
        say("Set: %d files, %.2f GB (%s)" % (len(files), size / 1e9, kind))
        FIGURES["set"] = dict(files=len(files), bytes=size, kind=kind)
        if "speed" in OPTIONS.only:
            section("speed", folder, files, size)
        if "reads" in OPTIONS.only:
            section("reads", folder, files, work)
        if "device" in OPTIONS.only:
            section("device", folder, files, work)
        if "isolation" in OPTIONS.only:
            section("isolation", folder, files)
        if "films" in OPTIONS.only:
            section("films", sys.modules[__name__], folder, files)
    if "memory" in OPTIONS.only:
        section("memory", work)
    if "empty" in OPTIONS.only:
        section("empty", work)
    if "history" in OPTIONS.only:
        section("history", work)
    if "movement" in OPTIONS.only:
        section("movement", work)
    if "large" in OPTIONS.only:
        section("large", sys.modules[__name__], work)
    if "documents" in OPTIONS.only:
        section("documents", sys.modules[__name__])


def main():
    global OPTIONS
    parser = argparse.ArgumentParser(
        description="Measures untrail beside other programs. See docs/performance.md.")
    parser.add_argument("--untrail", metavar="PATH", help="the program (a release build)")
    parser.add_argument("--files", type=int, default=5000, help="how many files to make (5000)")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each command (5)")
    parser.add_argument("--runs-slow", type=int, default=1, help="counted runs of exiftool (1)")
    parser.add_argument("--work", metavar="DIR",
                        help="make the files here and keep the set (else a temporary folder)")
    parser.add_argument("--set", metavar="DIR", help="measure on this folder and make no set")
    parser.add_argument("--only", metavar="LIST", default=",".join(SECTIONS),
                        help="sections, separated by commas (%(default)s)")
    parser.add_argument("--megabytes", type=int, default=1000,
                        help="size of the location history (1000)")
    parser.add_argument("--json", metavar="FILE", help="also save the figures")
    parser.add_argument("--make-set", metavar="DIR", help="only make our own set there")
    OPTIONS = parser.parse_args()
    if OPTIONS.files < 1 or OPTIONS.runs < 1 or OPTIONS.runs_slow < 0:
        parser.error("--files and --runs need a number above 0")
    if OPTIONS.make_set:
        make_set(OPTIONS.files, OPTIONS.make_set)
        return 0
    if not OPTIONS.untrail:
        parser.error("--untrail is needed")
    OPTIONS.untrail = os.path.abspath(OPTIONS.untrail)
    OPTIONS.only = [s for s in OPTIONS.only.split(",") if s]
    unknown = [s for s in OPTIONS.only if s not in SECTIONS]
    if unknown:
        parser.error("no such section: " + ", ".join(unknown))
    if not os.access(OPTIONS.untrail, os.X_OK) or os.path.isdir(OPTIONS.untrail):
        die("%s cannot be run" % OPTIONS.untrail)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if OPTIONS.work:
        work = os.path.abspath(OPTIONS.work)
        os.makedirs(work, exist_ok=True)
    else:
        work = tempfile.mkdtemp(prefix="untrail-bench-")
    try:
        measure(work)
    finally:
        if not OPTIONS.work:
            shutil.rmtree(work, ignore_errors=True)
    if OPTIONS.json:
        with open(OPTIONS.json, "w") as f:
            json.dump(FIGURES, f, indent=1)
            f.write("\n")
    if FAILURES:
        say()
        say("Could not be run: " + "; ".join(FAILURES))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
