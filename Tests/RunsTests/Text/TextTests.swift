import Testing

@testable import Runs

struct TextTests {
  @Test(
    "a text that drives a terminal shows dots instead",
    arguments: [
      ("plain, ünïcödé, 日本", "plain, ünïcödé, 日本"), ("\u{1B}[31mred\u{7}", "·[31mred·"), ("a\nb\r\nc", "a·b··c"),
      ("\u{202E}evil", "·evil"), ("\u{9B}2J", "·2J"), ("\u{7F}", "·"), ("a\u{2028}b", "a·b"), ("👩‍👩‍👧", "👩‍👩‍👧"), ("", ""),
    ])
  func harmless(text: String, shown: String) {
    #expect(text.harmless == shown)
  }

  @Test("a text of several lines keeps them, and nothing else that drives a terminal")
  func harmlessLines() {
    #expect("a\u{1B}[2J\nb\r\n\u{202E}c".harmlessLines == "a·[2J\nb·\n·c")
  }

  @Test(
    "thousands are set apart, a fraction is not",
    arguments: [
      ("0", "0"), ("999", "999"), ("1000", "1,000"), ("-18204", "-18,204"), ("1234567.8901", "1,234,567.8901"),
      ("", ""),
    ])
  func grouped(number: String, shown: String) {
    #expect(NumberText.grouped(number) == shown)
  }

  @Test("what is counted is one or several")
  func counts() {
    #expect(Int64.min.grouped == "-9,223,372,036,854,775,808")
    #expect([0, 1, 18_204].map { $0.counted("run") } == ["0 runs", "1 run", "18204 runs"])
    #expect([0, 1, 18_204].map { $0.countedInGroups("run") } == ["0 runs", "1 run", "18,204 runs"])
  }

  @Test(
    "a length of time is exact, short, in tenths or rough",
    arguments: [
      (0, "0.000 s", "0 s", "0.0 s", "0.0 s"), (200, "0.200 s", "0.2 s", "0.2 s", "0.2 s"),
      (4450, "4.450 s", "4.45 s", "4.4 s", "4.4 s"), (45_999, "45.999 s", "45.999 s", "46.0 s", "45.9 s"),
      (60_000, "60.000 s", "60 s", "60.0 s", "60.0 s"), (1_620_550, "1620.550 s", "1620.55 s", "1,620.6 s", "27 min"),
      (1_800_000, "1800.000 s", "1800 s", "1,800.0 s", "30 min"),
      (95_400_000, "95400.000 s", "95400 s", "95,400.0 s", "26 h 30 min"),
      (273_600_000, "273600.000 s", "273600 s", "273,600.0 s", "3 days 4 h"),
    ] as [(Int64, String, String, String, String)])
  func seconds(milliseconds: Int64, exact: String, short: String, tenths: String, rough: String) {
    #expect(SecondsText.withUnit(milliseconds) == exact)
    #expect(SecondsText.short(milliseconds) == short)
    #expect(SecondsText.tenths(milliseconds) == tenths)
    #expect(SecondsText.rough(milliseconds) == rough)
  }

  @Test(
    "people read the two largest units of a time, rounded; nothing but nothing reads as 0",
    arguments: [
      (0, "0 s"), (1, "0.001 s"), (40, "0.04 s"), (99, "0.099 s"), (100, "0.1 s"), (400, "0.4 s"), (1000, "1.0 s"),
      (28_450, "28.4 s"), (59_949, "59.9 s"), (59_950, "1 min"), (60_000, "1 min"), (90_500, "1 min 30 s"),
      (91_500, "1 min 32 s"), (2_140_300, "35 min 40 s"), (3_599_499, "59 min 59 s"), (3_599_500, "1 h"),
      (95_400_000, "26 h 30 min"), (172_769_999, "47 h 59 min"), (172_770_000, "2 days"),
      (1_187_964_000, "13 days 18 h"), (-1500, "-1.5 s"), (-40, "-0.04 s"), (.max, "106,751,991,167 days 7 h"),
      (.min, "-106,751,991,167 days 7 h"),
    ] as [(Int64, String)])
  func readable(milliseconds: Int64, text: String) {
    #expect(SecondsText.readable(milliseconds) == text)
  }

  @Test("time before nothing has its sign, unless it rounds to nothing")
  func negative() {
    #expect(SecondsText.withUnit(-1500) == "-1.500 s" && SecondsText.text(.min) == "-9223372036854775.808")
    #expect(SecondsText.tenths(-40) == "0.0 s" && SecondsText.tenths(-1500) == "-1.5 s")
  }

  @Test("a duration has whole milliseconds")
  func durations() {
    #expect(Duration.milliseconds(1500).milliseconds == 1500)
    #expect(Duration.nanoseconds(1_999_999).milliseconds == 1)
  }
}
