import Runs
import Testing

/// Which settings a runner had when, and what is only assumed of them.
@Suite struct RunnerHistoryTests {
  @Test("a runner never seen has no instance type and no timeout, and nothing is assumed")
  func nothing() {
    let (version, isAssumed) = RunnerHistory(versions: []).version(at: instant("2026-01-01T00:00:00Z"))
    #expect(version == .init(validFrom: .distantPast, instanceType: RunnerHistory.noInstanceType))
    #expect(!isAssumed)
  }

  @Test("the first settings seen are assumed for the time before")
  func beforeFirstSight() {
    let history = RunnerHistory(versions: [Given.version(1, from: "2026-01-05T00:00:00Z", timeout: 300)])
    #expect(line(history, at: "2026-01-04T23:59:59.999Z") == "type 1 timeout 300 assumed")
    #expect(line(history, at: "2026-01-05T00:00:00Z") == "type 1 timeout 300")
    #expect(line(history, at: "2099-01-01T00:00:00Z") == "type 1 timeout 300")
  }

  @Test("that a runner has no instance type is never an assumption")
  func withoutType() {
    let history = RunnerHistory(
      versions: [Given.version(RunnerHistory.noInstanceType, from: "2026-01-05T00:00:00Z", timeout: 300)])
    #expect(line(history, at: "2026-01-01T00:00:00Z") == "type 0 timeout 300")
  }

  @Test("between the last sight of one type and the first sight of another the old one is assumed")
  func gap() {
    let history = RunnerHistory(versions: [
      Given.version(1, from: "2026-01-05T00:00:00Z"),
      Given.version(2, from: "2026-02-10T00:00:00Z", unsure: "2026-02-01T00:00:00Z"),
    ])
    #expect(line(history, at: "2026-01-31T23:59:59.999Z") == "type 1")
    #expect(line(history, at: "2026-02-01T00:00:00Z") == "type 1 assumed")
    #expect(line(history, at: "2026-02-09T23:59:59.999Z") == "type 1 assumed")
    #expect(line(history, at: "2026-02-10T00:00:00Z") == "type 2")
  }

  @Test("a gap is assumed only when the type differs, not when only the timeout does")
  func gapWithoutAnotherType() {
    let history = RunnerHistory(versions: [
      Given.version(1, from: "2026-01-05T00:00:00Z", timeout: 300),
      Given.version(1, from: "2026-02-10T00:00:00Z", unsure: "2026-02-01T00:00:00Z", timeout: 600),
      Given.version(3, from: "2026-03-10T00:00:00Z", unsure: "2026-03-01T00:00:00Z", timeout: 600),
    ])
    #expect(line(history, at: "2026-02-05T00:00:00Z") == "type 1 timeout 300")
    #expect(line(history, at: "2026-02-10T00:00:00Z") == "type 1 timeout 600")
    #expect(line(history, at: "2026-03-05T00:00:00Z") == "type 1 timeout 600 assumed")
    #expect(line(history, at: "2026-03-10T00:00:00Z") == "type 3 timeout 600")
  }

  @Test("a change that was seen as it happened leaves nothing to assume")
  func withoutGap() {
    let history = RunnerHistory(versions: [
      Given.version(1, from: "2026-01-05T00:00:00Z"), Given.version(2, from: "2026-02-10T00:00:00Z"),
    ])
    #expect(line(history, at: "2026-02-09T23:59:59.999Z") == "type 1")
  }

  @Test("a book knows the runner's history and rule, and nothing of a runner it was not given")
  func book() {
    let book = Given.book(.utc, .ceilSecond)
    #expect(book.billingRule(of: 7) == .ceilSecond)
    #expect(book.billingRule(of: 8) == .exact)
    #expect(book.version(of: 7, at: instant("2026-01-01T00:00:00Z")).version.instanceType == 1)
    #expect(book.version(of: 8, at: instant("2026-01-01T00:00:00Z")).version.instanceType == 0)
    #expect(book.price(id: 1)?.description == "0.0000019")
    #expect(book.price(id: PriceTimeline.unpriced) == nil)
  }

  private func line(_ history: RunnerHistory, at text: String) -> String {
    let (version, isAssumed) = history.version(at: instant(text))
    let timeout = version.timeoutSeconds.map { " timeout \($0)" } ?? ""
    return "type \(version.instanceType)\(timeout)\(isAssumed ? " assumed" : "")"
  }
}
