import Foundation
import Runs
import Store
import TestSupport
import Testing

/// The machine's time zone database as plain transitions.
@Suite struct TimeZoneTests {
  /// The changes of a year, as `instant offset-in-hours`.
  private func changes(_ name: String, in year: String) throws -> [String] {
    try TimeZoneDatabase.rules(named: name).transitions
      .map { "\($0.at) \(Double($0.offsetSeconds) / 3600)" }.filter { $0.hasPrefix(year) }
  }

  @Test("Europe/Berlin changes at 01:00 UTC on the last Sundays of March and October")
  func berlin() throws {
    #expect(
      try changes("Europe/Berlin", in: "2026") == ["2026-03-29T01:00:00.000Z 2.0", "2026-10-25T01:00:00.000Z 1.0"])
    #expect(
      try changes("Europe/Berlin", in: "2099") == ["2099-03-29T01:00:00.000Z 2.0", "2099-10-25T01:00:00.000Z 1.0"])
  }

  @Test("Africa/Cairo changes at local midnights, which its days begin after")
  func cairo() throws {
    #expect(
      try changes("Africa/Cairo", in: "2024") == ["2024-04-25T22:00:00.000Z 3.0", "2024-10-31T21:00:00.000Z 2.0"])
    let zone = try TimeZoneDatabase.rules(named: "Africa/Cairo")
    // 26 April has no midnight: at 00:00 clocks went to 01:00.
    #expect(zone.start(of: day("2024-04-26")) == (try instant("2024-04-25T22:00:00Z")))
    // On 31 October the hour before midnight came twice; 1 November begins at the second midnight.
    #expect(zone.start(of: day("2024-11-01")) == (try instant("2024-10-31T22:00:00Z")))
  }

  @Test("America/Sao_Paulo has changed no more since 2019")
  func saoPaulo() throws {
    #expect(
      try changes("America/Sao_Paulo", in: "2018") == [
        "2018-02-18T02:00:00.000Z -3.0", "2018-11-04T03:00:00.000Z -2.0",
      ])
    #expect(try changes("America/Sao_Paulo", in: "2019") == ["2019-02-17T02:00:00.000Z -3.0"])
    #expect(try changes("America/Sao_Paulo", in: "2026") == [])
    let zone = try TimeZoneDatabase.rules(named: "America/Sao_Paulo")
    // 4 November 2018 began at 01:00.
    #expect(zone.start(of: day("2018-11-04")) == (try instant("2018-11-04T03:00:00Z")))
  }

  @Test("UTC never changes")
  func utc() throws {
    #expect(try TimeZoneDatabase.rules(named: "UTC") == .utc)
  }

  @Test(
    "an unknown name is refused, with those that are near",
    arguments: [
      ("Europe/Berln", ["Europe/Berlin", "Europe/Dublin", "Europe/Jersey"]),
      ("berlin", ["Europe/Berlin"]),
      ("new_york", ["America/New_York"]),
      ("Atlantis", []),
      ("", []),
    ])
  func unknown(name: String, near: [String]) throws {
    let error = try #require(
      #expect(throws: LedgerError.self) { try TimeZoneDatabase.rules(named: name) })
    guard case .unknownTimeZone(name, let suggested) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(suggested == near)
  }

  @Test(
    "abbreviations and fixed offsets have no history and are refused",
    arguments: ["CET", "PST", "GMT+2", "UTC+2", "+02:00", "Etc/Nowhere", "Europe/"])
  func abbreviations(name: String) {
    #expect(throws: LedgerError.self) { try TimeZoneDatabase.rules(named: name) }
  }

  @Test(
    "every IANA name of a zone will do, the old and the new one, and has the same changes",
    arguments: [
      ("Asia/Kolkata", "Asia/Calcutta"), ("Europe/Kyiv", "Europe/Kiev"), ("US/Pacific", "America/Los_Angeles"),
      ("Etc/UTC", "UTC"),
    ])
  func aliases(name: String, other: String) throws {
    let zone = try TimeZoneDatabase.rules(named: name)
    #expect(zone.name == name)
    #expect(try zone.transitions == TimeZoneDatabase.rules(named: other).transitions)
  }

  @Test("the error says what a zone is called, and what is near")
  func sentence() {
    #expect(
      "\(LedgerError.unknownTimeZone(name: "Europe/Berln", near: ["Europe/Berlin"]))"
        == "\"Europe/Berln\" is not a time zone; expected an IANA name such as Europe/Berlin. Near it: Europe/Berlin")
  }
}
