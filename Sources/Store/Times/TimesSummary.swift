import Runs

/// Count, sum, extremes and exact percentiles of many packed lists of times, as if they were one sorted list.
///
/// The lists stay packed. A first walk counts them by magnitude, which tells in which narrow class each percentile
/// lies; a second one picks out those classes, a thousandth of the times, and only these are sorted.
struct TimesSummary {
  private(set) var count: Int64 = 0
  private(set) var sum: Int64 = 0
  private(set) var least: Int64 = 0
  private(set) var most: Int64 = 0
  private var lists: [UInt8] = []
  private var ends: [Int] = []

  /// Each magnitude is cut into 256 classes, so that a class is at most 1/256 of its times wide.
  private static let classBits = 8
  private static let classCount = 14_592

  /// Adds a list. Whether it was sound is seen when it is summed up.
  mutating func add(_ packed: UnsafeRawBufferPointer) {
    lists.append(contentsOf: packed)
    ends.append(lists.count)
  }

  /// The nearest-rank percentiles; empty of nothing. Nil when a list is broken.
  mutating func percentiles(_ percents: [Int64]) -> [Int64]? {
    var counts = [UInt32](repeating: 0, count: TimesSummary.classCount)
    guard countClasses(into: &counts) else { return nil }
    if count == 0 { return [] }

    // Where each wanted rank lies: its class, and its place there.
    var slots = [UInt8](repeating: 0, count: TimesSummary.classCount)
    var picked: [[Int64]] = [[]]
    let places = percents.map { percent in
      var rank = NearestRank.index(percent: percent, count: count)
      var index = 0
      while rank >= Int64(counts[index]) {
        rank -= Int64(counts[index])
        index += 1
      }
      if slots[index] == 0 {
        slots[index] = UInt8(picked.count)
        picked.append([])
      }
      return (slot: Int(slots[index]), rank: Int(rank))
    }
    guard pick(slots, into: &picked) else { return nil }
    for slot in picked.indices { picked[slot].sort() }
    return places.map { picked[$0.slot][$0.rank] }
  }

  private mutating func countClasses(into counts: inout [UInt32]) -> Bool {
    var total: Int64 = 0
    var sum: Int64 = 0
    var least = Int64.max
    var most: Int64 = 0
    let isSound = counts.withUnsafeMutableBufferPointer { counts in
      eachList { list in
        var first: Int64 = -1
        var last: Int64 = 0
        let isSound = PackedTimes.unpack(list) { time in
          counts[TimesSummary.classIndex(of: time)] &+= 1
          sum &+= time
          total &+= 1
          if first < 0 { first = time }
          last = time
        }
        if first >= 0 { least = min(least, first) }
        most = max(most, last)
        return isSound
      }
    }
    count = total
    self.sum = sum
    self.least = total == 0 ? 0 : least
    self.most = most
    return isSound
  }

  private func pick(_ slots: [UInt8], into picked: inout [[Int64]]) -> Bool {
    slots.withUnsafeBufferPointer { slots in
      eachList { list in
        PackedTimes.unpack(list) { time in
          let slot = slots[TimesSummary.classIndex(of: time)]
          if slot != 0 { picked[Int(slot)].append(time) }
        }
      }
    }
  }

  private func eachList(_ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    lists.withUnsafeBytes { bytes in
      var start = 0
      for end in ends {
        guard body(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) else { return false }
        start = end
      }
      return true
    }
  }

  /// Ascending with the time: its magnitude and the eight bits after its first.
  @inline(__always)
  private static func classIndex(of time: Int64) -> Int {
    let width = Int64.bitWidth &- time.leadingZeroBitCount
    let shift = max(0, width &- classBits &- 1)
    return shift &<< classBits &+ Int(truncatingIfNeeded: time &>> Int64(shift))
  }
}
