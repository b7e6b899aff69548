import Foundation
import Testing

/// What is packed beside the binary: the licences of what it contains, what it is made of, and its manual.
@Suite(.enabled(if: Packaging.isOfLinux, "packages are made on Linux"))
struct PackagingTests {
  private static func packages() throws -> [String] {
    let text = try String(contentsOf: House.root.appending(path: "Package.swift"), encoding: .utf8)
    return text.matches(of: /\.package\(url: "[^"]*\/([^"\/]+)"/).map { String($0.1) }
  }

  private func components() async throws -> [[String]] {
    let listed = try await Workplace().packaging("'\(Packaging.folder)/components' '\(Packaging.scratch)'")
    #expect(listed.exitCode == 0, "\(listed.err)")
    return listed.out.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
  }

  @Test("every package of Package.swift is among the components, as is what packages and Swift bring along")
  func everyPackage() async throws {
    let components = try await components()
    let expected = try PackagingTests.packages() + ["libyaml", "swift", "swift-foundation-icu"]
    #expect(components.map { $0[0] }.sorted() == expected.sorted())
    for component in components { #expect(component.count == 5, "\(component)") }
  }

  @Test("NOTICE names every package")
  func notice() throws {
    let text = try String(contentsOf: House.root.appending(path: "NOTICE"), encoding: .utf8)
    for name in try PackagingTests.packages() { #expect(text.contains(name), "\(name)") }
  }

  @Test("the notices hold each licence in full")
  func notices() async throws {
    let notices = try await Workplace().packaging("'\(Packaging.folder)/notices' '\(Packaging.scratch)'")
    #expect(notices.exitCode == 0, "\(notices.err)")
    for component in try await components() where !component[4].hasPrefix("/usr/share/doc/") {
      let text = try String(contentsOfFile: component[4], encoding: .utf8)
      #expect(notices.out.contains(text), "\(component[0])")
    }
    #expect(notices.out.contains("Kirill Simonov"), "the author of libyaml")
  }

  @Test("a licence that is not known stops the packing")
  func unknownLicence() async throws {
    let place = try Workplace()
    for name in try PackagingTests.packages() { try place.write("Do what you like.", to: "checkouts/\(name)/LICENSE") }
    let listed = try await place.packaging("'\(Packaging.folder)/components' .")
    #expect(listed.exitCode == 1)
    #expect(listed.out == "")
    #expect(listed.err.contains("is not known; name it in packaging/components"))
  }

  @Test("the SPDX document names every component with version and licence, and the sum of the binary")
  func spdx() async throws {
    let place = try Workplace()
    let binary = Binary.url.path(percentEncoded: false)
    let made = try await place.packaging("'\(Packaging.folder)/spdx' '\(binary)' '\(Packaging.scratch)'")
    #expect(made.exitCode == 0, "\(made.err)")
    let document = try #require(try JSONSerialization.jsonObject(with: Data(made.out.utf8)) as? [String: Any])
    #expect(document["spdxVersion"] as? String == "SPDX-2.3")
    let packages = try #require(document["packages"] as? [[String: Any]])
    let rows = packages.dropFirst().map { package in
      ["name", "versionInfo", "licenseDeclared", "downloadLocation"].map { package[$0] as? String ?? "" }
    }
    #expect(rows == (try await components().map { Array($0[0..<4]) }))
    let sums = try #require(packages[0]["checksums"] as? [[String: String]])
    let sum = try await place.shell("sha256sum < '\(binary)'").out.prefix(64)
    #expect(sums == [["algorithm": "SHA256", "checksumValue": String(sum)]])
    #expect((document["relationships"] as? [Any])?.count == packages.count)
  }

  @Test("every command has a manual page that says what its help says")
  func manual() async throws {
    let place = try Workplace()
    let made = try await place.packaging("'\(Packaging.folder)/manual' \"$(command -v runtally)\" pages")
    #expect(made == Finished(exitCode: 0, out: "", err: ""))
    #expect(place.files(in: "pages") == Packaging.manualPages.sorted())
    let page = try place.read("pages/runtally-backup.1").split(separator: "\n")
    #expect(
      page.dropFirst().prefix(9).map(String.init) == [
        ".SH NAME", "runtally\\-backup \\- Copy the ledger to one new file that opens anywhere", ".SH SYNOPSIS",
        ".B runtally backup",
        "<file> [\\-\\-rotate <count>] [\\-\\-config <file>] [\\-\\-database <file>] [\\-\\-quiet]", ".SH DESCRIPTION",
        "May be run while a harvest goes on. The file appears whole or not at all, and never takes another\\(aqs place. "
          + "In its name {date} stands for today and {time} for this second, in UTC.",
        ".PP",
        "\\-\\-rotate 7 keeps the newest seven backups of such a name and removes older ones, once the new one is there. "
          + "Only backups of this very ledger go, and of them none that was harvested into.",
      ])
    guard Tool.mandoc.isThere else { return }
    #expect(
      try await place.shell("mandoc -T lint -W warning pages/*.1") == Finished(exitCode: 0, out: "", err: ""))
  }
}

extension Packaging {
  #if os(Linux)
    static let isOfLinux = true
  #else
    static let isOfLinux = false
  #endif
}
