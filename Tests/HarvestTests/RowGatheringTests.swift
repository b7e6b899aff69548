import Runs
import Testing

@testable import Harvest

/// The bound of what is kept of one runner list.
@Suite struct RowGatheringTests {
  private func gather(
    _ batches: [RunnerRecord]..., count: Int = 100, text: Int = 1000
  ) -> RowGathering<RunnerRecord> {
    var gathering = RowGathering<RunnerRecord>(
      countLimit: count, textLimit: text, id: \.id, size: \.textSize)
    for batch in batches { gathering.add(batch) }
    return gathering
  }

  @Test("a runner that comes again stays in its place, as it was told last")
  func again() {
    let gathered = gather(
      [RunnerRecord(id: "a", name: "old"), RunnerRecord(id: "b", name: "b")], [RunnerRecord(id: "a", name: "new")])
    #expect(gathered.rows == [RunnerRecord(id: "a", name: "new"), RunnerRecord(id: "b", name: "b")])
    #expect(gathered.problems == [])
  }

  @Test("ids that look alike and differ in their bytes are two runners")
  func bytes() {
    let gathered = gather([RunnerRecord(id: "Zo\u{EB}", name: "a"), RunnerRecord(id: "Zoe\u{308}", name: "b")])
    #expect(gathered.rows.map(\.name) == ["a", "b"])
  }

  @Test("beyond the bound new runners are left out and told, and known ones are still renewed")
  func count() {
    let gathered = gather(
      [RunnerRecord(id: "a", name: "a"), RunnerRecord(id: "b", name: "b"), RunnerRecord(id: "c", name: "c")],
      [RunnerRecord(id: "b", name: "B")], count: 2)
    #expect(gathered.rows.map(\.name) == ["a", "B"])
    #expect(gathered.problems == ["there are more runners than are taken from one list, which are 2"])
  }

  @Test("their texts have a bound together, all of them")
  func text() {
    let long = RunnerRecord(
      id: "long", name: "n", status: "s", image: String(repeating: "i", count: 900),
      region: RegionRecord(id: "r"), instanceType: InstanceTypeRecord(id: "t", name: "t"), labels: ["l"])
    #expect(long.textSize == 4 + 1 + 1 + 900 + 1 + 2 + 1)
    let gathered = gather([long, RunnerRecord(id: "b", name: String(repeating: "n", count: 90))], [long])
    #expect(gathered.rows.map(\.id) == ["long"])
    #expect(gathered.problems.count == 1)
  }
}
