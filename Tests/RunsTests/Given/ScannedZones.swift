import Foundation
import Runs
import Testing

/// Zones as Foundation knows them, found by asking for the offset day after day: what the properties are tried on.
enum ScannedZones {
  static let names = [
    "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Africa/Cairo", "Africa/Casablanca", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Asia/Tehran", "Pacific/Chatham", "UTC",
  ]

  static let first = instant("2005-01-01T00:00:00Z")
  static let last = instant("2027-01-01T00:00:00Z")

  static let all = names.map { scan($0, from: first, to: last) }

  static func scan(_ name: String, from: Instant, to: Instant) -> ZoneRules {
    let zone = TimeZone(identifier: name) ?? .gmt
    func offset(_ second: Int64) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }
    let begin = from.milliseconds / 1000
    var transitions = [ZoneRules.Transition(at: .distantPast, offsetSeconds: offset(begin))]
    for before in stride(from: begin, to: to.milliseconds / 1000, by: 86_400) {
      let after = offset(before + 86_400)
      if after == transitions[transitions.count - 1].offsetSeconds { continue }
      // The change lies in (before, before + 1 day]: halve until one second is left.
      var (low, high) = (before, before + 86_400)
      while high - low > 1 {
        let middle = (low + high) / 2
        if offset(middle) == after { high = middle } else { low = middle }
      }
      transitions.append(.init(at: Instant(milliseconds: high * 1000), offsetSeconds: after))
    }
    return ZoneRules(name: name, transitions: transitions)
  }
}

extension ZoneRules {
  /// The wall clock's date, found without any of the code under test but the list of changes.
  func wallDate(at instant: Instant) -> LocalDay {
    let offset = (transitions.last { $0.at <= instant } ?? transitions[0]).offsetSeconds
    let wall = instant.milliseconds + Int64(offset) * 1000
    return LocalDay(number: Int64((Double(wall) / 86_400_000).rounded(.down)))
  }

  /// An instant that is as likely close to a change of the clocks as anywhere else.
  func someInstant(_ numbers: inout SeededNumbers) -> Instant {
    if transitions.count > 1, numbers.chance(50) {
      let change = numbers.pick(transitions.dropFirst()).at
      return change.advanced(byMilliseconds: numbers.pick([-1, 1]) * (numbers.size(upTo: 9) - 1))
    }
    return Instant(milliseconds: numbers.int(ScannedZones.first.milliseconds...ScannedZones.last.milliseconds))
  }
}
