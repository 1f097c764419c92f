"""The strongest detector for Russian put together from packages: natasha for names, phonenumbers and rules for the rest.

Reads messages as JSONL on standard input, writes their findings in code points and, on the last line, what it measured
of itself. The same form as `shirma-train bench run`; both are described in crates/train/src/bench/sheet.rs.
With --dictionary, words that pymorphy2 (which natasha rests on) knows as names are taken besides.
"""

import time

STARTED = time.perf_counter()

import argparse
import importlib.metadata
import inspect
import json
import os
import sys
import warnings

# pymorphy2 is older than the Python it runs on: one function was renamed, one package tells that it will go.
warnings.filterwarnings("ignore", category=UserWarning, module="pymorphy2")
if not hasattr(inspect, "getargspec"):
    inspect.getargspec = lambda function: inspect.getfullargspec(function)[:4]

import natasha
import phonenumbers
import pymorphy2_dicts_ru
import razdel

import rules

IMPORTED = time.perf_counter()

# Whole rounds over the timed messages until both are reached.
SECONDS_MIN = 2.0
ROUNDS_MIN = 3
FIRST = "Меня зовут Анна Сергеевна Тестова, телефон +7 900 000-00-01, ул. Примерная, д. 5"
NAME_TAGS = ("Name", "Surn", "Patr")


class Stack:
    def __init__(self, dictionary):
        self.ner = natasha.NewsNERTagger(natasha.NewsEmbedding())
        self.morph = natasha.MorphVocab() if dictionary else None

    def detect(self, text):
        found = rules.structured(text)
        people = [(span.start, span.stop) for span in self.ner(text).spans if span.type == "PER"]
        if self.morph:
            people = joined(text, people + list(self.known(text)))
        for start, end, label in [*rules.born(text, people), *((*span, "PERSON") for span in people)]:
            if all(end <= other[0] or other[1] <= start for other in found):
                found.append((start, end, label))
        return found

    def known(self, text):
        """Words whose likeliest reading is a name."""
        for token in razdel.tokenize(text):
            word = token.text
            if len(word) < 3 or not word.isalpha() or not self.morph.word_is_known(word.lower()):
                continue
            tag = self.morph.parse(word)[0].tag
            if any(kind in tag for kind in NAME_TAGS):
                yield token.start, token.stop


def joined(text, spans):
    """Spans that touch, overlap or stand one space apart are one name."""
    whole = []
    for start, end in sorted(spans):
        if whole and (start <= whole[-1][1] or text[whole[-1][1] : start] == " "):
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def percentile(sorted_times, share):
    return sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * share))]


def size(folder):
    return sum(os.path.getsize(os.path.join(top, name)) for top, _, names in os.walk(folder) for name in names if not name.endswith(".pyc"))


def peak_kb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def load_average():
    with open("/proc/loadavg") as file:
        return file.read().split()[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dictionary", action="store_true")
    options = parser.parse_args()
    before = time.perf_counter()
    stack = Stack(options.dictionary)
    stack.detect(FIRST)
    loaded = time.perf_counter()

    messages = [json.loads(line) for line in sys.stdin]
    for message in messages:
        line = {"key": message["key"], "findings": stack.detect(message["text"])}
        print(json.dumps(line, ensure_ascii=False))

    timed = [message["text"] for message in messages if message["timed"]]
    times, rounds, busy = [], 0, time.process_time()
    load_before = load_average()
    while rounds < ROUNDS_MIN or sum(times) < SECONDS_MIN:
        rounds += 1
        for text in timed:
            start = time.perf_counter()
            stack.detect(text)
            times.append(time.perf_counter() - start)
    busy = time.process_time() - busy
    seconds = sum(times)
    calm = sorted(percentile(sorted(times[at :: len(timed)]), 0.5) for at in range(len(timed)))
    times.sort()
    data = [os.path.join(os.path.dirname(natasha.__file__), "data"), os.path.join(os.path.dirname(phonenumbers.__file__), "data")]
    if options.dictionary:
        data.append(pymorphy2_dicts_ru.get_path())
    name = f"natasha {importlib.metadata.version('natasha')}"
    figures = {
        "name": f"{name} + pymorphy2 names + rules" if options.dictionary else f"{name} + rules",
        "import_seconds": IMPORTED - STARTED,
        "load_seconds": loaded - before,
        "messages": len(timed),
        "rounds": rounds,
        "characters": rounds * sum(map(len, timed)),
        "seconds": seconds,
        "processor_seconds": busy,
        "p50_seconds": percentile(times, 0.5),
        "p99_seconds": percentile(times, 0.99),
        "p99_calm_seconds": percentile(calm, 0.99),
        "peak_kb": peak_kb(),
        "data_bytes": sum(map(size, data)),
        "load_average": load_before,
    }
    print(json.dumps({"figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
