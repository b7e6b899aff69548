import Foundation
import Runs

/// The answer of the simulated Soda API as a file, for importing without a network.
///
/// `runners.json` holds the bytes of the first page of 1000; where there are more runners the page is longer.
package struct SodaBodies: Sendable {
  private let world: SodaWorld
  private let now: Instant
  private let profile: SimulatorProfile

  package init(of world: SodaWorld, at now: Instant, profile: SimulatorProfile = .documented) {
    self.world = world
    self.now = now
    self.profile = profile
  }

  /// Writes the file, making the directory where it is missing, and replacing a file of the same name.
  ///
  /// - Returns: how many runners were written.
  /// - Throws: ``SimulatorError/cannotWrite(path:reason:)``.
  @discardableResult
  package func write(to directory: URL) throws -> Int {
    let runners = world.runners.filter { $0.registered <= now }
    let page = SodaPage(number: 0, size: max(SodaPage.sizes.upperBound, runners.count))
    let json = SodaJSON(profile: profile, now: now, rows: .none)
    let body = json.list(runners, page, FaultsInForce(rows: .none))
    try BodyFile.write(body, to: directory.appending(path: "runners.json"))
    return runners.count
  }
}
