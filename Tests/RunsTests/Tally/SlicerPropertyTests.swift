import Runs
import Testing

/// What holds for the slices of every run under every book.
@Suite struct SlicerPropertyTests {
  @Test("slices follow one another from the start of the run to its end, one day and one price each")
  func slices() {
    var numbers = SeededNumbers(seed: 40)
    var cut = 0
    for _ in 0..<600 {
      let random = RandomBook(&numbers)
      var slicer = Slicer(book: random.book)
      let (start, end) = random.someRun(&numbers)
      guard start < end else { continue }
      let slices = slicer.slices(of: Given.runner, from: start, until: end)
      if slices.count > 1 { cut += 1 }
      #expect(slices.first?.from == start && slices.last?.until == end)
      #expect(zip(slices, slices.dropFirst()).allSatisfy { $0.until == $1.from })
      #expect(slices.allSatisfy { $0.from < $0.until })
      #expect(zip(slices, slices.dropFirst()).allSatisfy { !isSame($0, $1) }, "cut where nothing changes")

      let (version, typeIsAssumed) = random.book.version(of: Given.runner, at: start)
      for slice in slices {
        #expect(slice.instanceType == version.instanceType)
        let last = slice.until.advanced(byMilliseconds: -1)
        for some in [slice.from, Instant(milliseconds: numbers.int(slice.from.milliseconds...last.milliseconds)), last]
        {
          #expect(random.book.zone.day(of: some) == slice.day, "\(random.book.zone.name) \(slice.line)")
          let (price, isAssumed) = random.price(instanceType: version.instanceType, at: some)
          #expect(price == slice.price, "\(some) \(slice.line)")
          // A price of the runner itself does not hang on its instance type.
          let hangsOnType = random.entries.contains { entry in
            if entry.id == price, case .instanceType = entry.subject { true } else { false }
          }
          #expect((isAssumed || (typeIsAssumed && hangsOnType)) == slice.isAssumed)
        }
      }
    }
    // The books are such that there is something to see.
    #expect(cut > 150)
  }

  @Test("billed times are those of the clock, and with the rule's surplus on the last add up to what the rule bills")
  func billed() throws {
    var numbers = SeededNumbers(seed: 41)
    for _ in 0..<600 {
      let random = RandomBook(&numbers)
      var slicer = Slicer(book: random.book)
      let (start, end) = random.someRun(&numbers)
      let runtime = max(0, end.milliseconds - start.milliseconds)
      let slices = slicer.slices(of: Given.runner, from: start, until: end)
      let billed = random.book.billingRule(of: Given.runner).billed(runtime: runtime)
      #expect(slices.reduce(0) { $0 + $1.billed } == billed)
      #expect(slices.dropLast().allSatisfy { $0.billed == $0.until.milliseconds - $0.from.milliseconds })
      #expect(slices.isEmpty == (billed == 0))

      // Each price's time priced at once costs what its slices cost one by one.
      for (id, group) in Dictionary(grouping: slices, by: \.price) {
        guard let price = random.book.price(id: id) else { continue }
        let parts = try group.reduce(Money.zero) { try $0.adding(Money(milliseconds: $1.billed, at: price)) }
        #expect(try Money(milliseconds: group.reduce(0) { $0 + $1.billed }, at: price) == parts)
      }
    }
  }

  @Test("a slicer that has cut other runs before cuts the same as a new one")
  func cache() {
    var numbers = SeededNumbers(seed: 42)
    for _ in 0..<100 {
      let random = RandomBook(&numbers)
      var used = Slicer(book: random.book)
      for _ in 0..<5 {
        let (start, end) = random.someRun(&numbers)
        var new = Slicer(book: random.book)
        #expect(
          used.slices(of: Given.runner, from: start, until: end)
            == new.slices(of: Given.runner, from: start, until: end))
      }
    }
  }

  @Test("the tally of a run counts it once, on its finishing day, and holds exactly its slices' time")
  func tallies() {
    var numbers = SeededNumbers(seed: 43)
    for _ in 0..<600 {
      let random = RandomBook(&numbers)
      var slicer = Slicer(book: random.book)
      let (start, end) = random.someRun(&numbers)
      let hasStarted = numbers.chance(80)
      let run = FinishedRun(
        runner: Given.runner, outcome: numbers.pick(Outcome.allCases),
        createdAt: numbers.chance(80) ? start.advanced(byMilliseconds: numbers.int(-9000...1000)) : nil,
        startedAt: hasStarted ? start : nil, endedAt: end)
      let slices = hasStarted ? slicer.slices(of: Given.runner, from: start, until: end) : []
      let lines = slicer.tally(of: run)

      var sums = TallySums.zero
      for line in lines { sums += line.sums }
      #expect(
        sums
          == TallySums(
            runs: 1, timedRuns: run.runtime == nil ? 0 : 1, runtime: run.runtime ?? 0,
            queuedRuns: run.queue == nil ? 0 : 1, queue: run.queue ?? 0, billed: slices.reduce(0) { $0 + $1.billed }))
      #expect(lines.allSatisfy { $0.key.runner == Given.runner && $0.key.outcome == run.outcome })

      let counted = lines.filter { $0.sums.runs != 0 }
      #expect(counted.map(\.key.day) == [random.book.zone.day(of: end)])
      if let last = slices.last {
        #expect(counted.map(\.key.price) == [last.price])
        #expect(counted.map(\.key.isAssumed) == [last.isAssumed])
      }
      for (place, group) in Dictionary(grouping: slices, by: { Place($0.day, $0.price, $0.isAssumed) }) {
        let found = lines.filter { Place($0.key.day, $0.key.price, $0.key.isAssumed) == place }
        #expect(found.reduce(0) { $0 + $1.sums.billed } == group.reduce(0) { $0 + $1.billed })
      }
    }
  }

  private struct Place: Hashable {
    var day: LocalDay
    var price: Int64
    var isAssumed: Bool

    init(_ day: LocalDay, _ price: Int64, _ isAssumed: Bool) {
      self.day = day
      self.price = price
      self.isAssumed = isAssumed
    }
  }

  private func isSame(_ left: Slice, _ right: Slice) -> Bool {
    left.day == right.day && left.price == right.price && left.isAssumed == right.isAssumed
  }
}
