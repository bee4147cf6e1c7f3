"""Stacks of a profiler, and what is drawn of them."""

import unittest
from collections import Counter
from xml.etree import ElementTree

import flame
import stacks

SAMPLES = """\
[reactor-http-epoll-1 tid=7];java/lang/Thread.run;io/netty/Loop.run;kinoteka/A.b;java/util/HashMap.get 60
[reactor-http-epoll-2 tid=8];java/lang/Thread.run;io/netty/Loop.run;writev 30
[C2 CompilerThread0 tid=9];Compile::Compile 9
[reactor-http-epoll-1 tid=7];java/lang/Thread.run;rare/Frame.<init> 1
"""
BOX = "{http://www.w3.org/2000/svg}"


class Stacks(unittest.TestCase):

    def test_threads_of_one_kind_are_added_up(self):
        found = stacks.parse("[loop-1 tid=7];a;b 2\n[loop-2 tid=8];a;b 3\n")
        self.assertEqual(found, Counter({("loop", "a", "b"): 5}))

    def test_a_sample_counts_for_the_innermost_part_that_is_not_java(self):
        self.assertEqual(stacks.part_of_stack(("loop", "io/netty/Loop.run", "kinoteka/A.b", "java/util/HashMap.get")), "Kinoteka")

    def test_a_sample_in_a_system_call_counts_for_it(self):
        self.assertEqual(stacks.part_of_stack(("loop", "io/netty/Loop.run", "netty_writev", "writev")), stacks.SYSTEM_CALLS)

    def test_a_sample_of_a_compiler_counts_for_it_whatever_it_calls(self):
        self.assertEqual(stacks.part_of_stack(("C2 CompilerThread0", "Compile::Compile", "writev")), stacks.COMPILER)

    def test_shares_add_up(self):
        shares = stacks.shares(stacks.parse(SAMPLES))
        self.assertEqual(shares["Kinoteka"], 0.6)
        self.assertAlmostEqual(sum(shares.values()), 1)


class Drawing(unittest.TestCase):

    def setUp(self):
        text = flame.draw(stacks.parse(SAMPLES + "[loop-1 tid=7];rarest 0\n"), "A <title> & more")
        self.picture = ElementTree.fromstring(text)
        self.boxes = {
            group.find(f"{BOX}title").text: group.find(f"{BOX}rect").attrib for group in self.picture.iter(f"{BOX}g")}

    def test_the_width_of_a_box_is_the_share_of_its_samples(self):
        whole = self.boxes["all 100.0%"]
        half = self.boxes["A.b 60.0%"]
        self.assertAlmostEqual(float(half["width"]) / float(whole["width"]), 0.6, places=3)

    def test_calls_lie_within_their_callers(self):
        for box in self.boxes.values():
            self.assertGreaterEqual(float(box["x"]), flame.MARGIN)
            self.assertLessEqual(float(box["x"]) + float(box["width"]), flame.WIDTH - flame.MARGIN + 0.2)

    def test_rare_frames_are_left_out(self):
        self.assertFalse([title for title in self.boxes if "rarest" in title])

    def test_texts_are_escaped(self):
        self.assertIn("A <title> & more", [text.text for text in self.picture.iter(f"{BOX}text")])
        self.assertTrue([title for title in self.boxes if "<init>" in title])
