/// Cuts runs into slices, remembering the timelines it has worked out.
///
/// A value to be kept by one reader or one writer; it caches, so it is not shared.
package struct Slicer {
  package let book: PriceBook
  private var timelines: [TimelineKey: PriceTimeline] = [:]

  private struct TimelineKey: Hashable {
    var runner: Int64
    var instanceType: Int64
  }

  package init(book: PriceBook) {
    self.book = book
  }

  /// The slices of a run, in order: its time from start to end, cut at local midnights and wherever the price, or
  /// whether it is assumed, changes.
  ///
  /// Billed times add up to what the billing rule makes of the runtime; what the rule adds joins the last slice. A run
  /// that ended before it started counts as having no length. A run of no length has a slice only if it bills.
  package mutating func slices(of runner: Int64, from start: Instant, until end: Instant) -> [Slice] {
    let from = min(start, end)
    let runtime = end.milliseconds - from.milliseconds
    let surplus = book.billingRule(of: runner).billed(runtime: runtime) - runtime
    if runtime == 0 && surplus == 0 { return [] }

    let (version, typeIsAssumed) = book.version(of: runner, at: from)
    let spans = timeline(runner: runner, instanceType: version.instanceType).spans
    var slices: [Slice] = []
    var position = from
    repeat {
      let day = book.zone.day(of: position)
      let index = spans.lastIndex { $0.from <= position } ?? 0
      var until = min(end, book.zone.start(of: day.advanced(byDays: 1)))
      if index + 1 < spans.count { until = min(until, spans[index + 1].from) }
      let slice = Slice(
        day: day, from: position, until: until, instanceType: version.instanceType, price: spans[index].price,
        isAssumed: book.isAssumed(spans[index], typeIsAssumed: typeIsAssumed),
        billed: until.milliseconds - position.milliseconds)
      if let last = slices.last, last.day == day, last.price == slice.price, last.isAssumed == slice.isAssumed {
        // Under an assumed instance type all is assumed, so where the price begins to be changes nothing.
        slices[slices.count - 1].until = until
        slices[slices.count - 1].billed += slice.billed
      } else {
        slices.append(slice)
      }
      position = until
    } while position < end
    slices[slices.count - 1].billed += surplus
    return slices
  }

  /// Where a finished run without a slice counts: the price in force when it finished.
  package mutating func place(of runner: Int64, at end: Instant) -> (instanceType: Int64, price: Int64, isAssumed: Bool)
  {
    let (version, typeIsAssumed) = book.version(of: runner, at: end)
    let timeline = timeline(runner: runner, instanceType: version.instanceType)
    let span = timeline.spans[timeline.index(at: end)]
    return (version.instanceType, span.price, book.isAssumed(span, typeIsAssumed: typeIsAssumed))
  }

  private mutating func timeline(runner: Int64, instanceType: Int64) -> PriceTimeline {
    let key = TimelineKey(runner: runner, instanceType: instanceType)
    if let known = timelines[key] { return known }
    let made = book.timeline(runner: runner, instanceType: instanceType)
    timelines[key] = made
    return made
  }
}

extension Slicer {
  /// What a finished run adds to the tally: its counts once, on its finishing day under its last slice's price; its
  /// billed time slice by slice, on the days it was consumed.
  package mutating func tally(of run: FinishedRun) -> [(key: TallyKey, sums: TallySums)] {
    let slices = run.startedAt.map { self.slices(of: run.runner, from: $0, until: run.endedAt) } ?? []
    let place: (instanceType: Int64, price: Int64, isAssumed: Bool) =
      if let last = slices.last {
        (last.instanceType, last.price, last.isAssumed)
      } else {
        self.place(of: run.runner, at: run.endedAt)
      }
    var lines: [(key: TallyKey, sums: TallySums)] = [
      (
        TallyKey(
          day: book.zone.day(of: run.endedAt), runner: run.runner, instanceType: place.instanceType,
          price: place.price, isAssumed: place.isAssumed, outcome: run.outcome),
        TallySums(
          runs: 1, timedRuns: run.runtime == nil ? 0 : 1, runtime: run.runtime ?? 0,
          queuedRuns: run.queue == nil ? 0 : 1, queue: run.queue ?? 0)
      )
    ]
    for slice in slices {
      lines.append(
        (
          TallyKey(
            day: slice.day, runner: run.runner, instanceType: slice.instanceType, price: slice.price,
            isAssumed: slice.isAssumed, outcome: run.outcome),
          TallySums(billed: slice.billed)
        ))
    }
    return lines
  }
}
