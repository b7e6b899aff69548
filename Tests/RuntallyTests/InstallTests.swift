import Foundation
import Testing

/// What `make install`, `make dist` and `make deb` put where.
@Suite struct InstallTests {
  @Test("installing puts everything in its usual place, and uninstalling leaves nothing")
  func install() async throws {
    let place = try Workplace()
    let make = "make --silent --directory '\(House.root.path(percentEncoded: false))' --assume-old=static "
    let options =
      "STATIC='\(Binary.url.path(percentEncoded: false))' SCRATCH='\(Packaging.scratch)' DESTDIR='\(place.path)' PREFIX=/usr"
    let installed = try await place.packaging(make + "install " + options)
    #expect(installed == Finished(exitCode: 0, out: "", err: ""))
    #expect(place.files(in: "usr") == Packaging.installed)
    #expect(try place.read("usr/share/zsh/site-functions/_runtally").hasPrefix("#compdef runtally\n"))
    #expect(try await place.shell("usr/bin/runtally --version").exitCode == 0)
    _ = try await place.shell(make + "uninstall " + options)
    #expect(place.files() == [])
  }

  @Test(
    "packing gives the same bytes whenever and wherever it is done", .enabled(if: Tool.gnuTar.isThere, "needs GNU tar"))
  func pack() async throws {
    let place = try Workplace()
    // Stands in for the binary, which takes long to pack.
    try place.write("#!/bin/sh\ncase $1 in --version) echo 1.2.3 ;; *) exec runtally \"$@\" ;; esac\n", to: "stub")
    let pack = "'\(Packaging.folder)/pack' stub '\(Packaging.scratch)'"
    let first = try await place.packaging("chmod +x stub && \(pack) one && umask 077 && touch stub && \(pack) two")
    #expect(first.exitCode == 0, "\(first.err)")
    let names = place.files().filter { $0.hasSuffix(".tar.gz") }
    #expect(names.count == 2)
    #expect(try place.bytes(names[0]) == place.bytes(names[1]))
    let listed = try await place.shell("tar -tzf \(names[0])").out.split(separator: "\n").filter { !$0.hasSuffix("/") }
    #expect(listed.map { $0.split(separator: "/").dropFirst().joined(separator: "/") } == Packaging.installed)
    #expect(names[0].firstMatch(of: /^one\/runtally-1\.2\.3-linux-\w+\.tar\.gz$/) != nil)
  }

  @Test(
    "lintian has nothing to say against the Debian package",
    .enabled(if: Tool.lintian.isThere && Tool.cc.isThere, "needs lintian and a C compiler"))
  func debianPackage() async throws {
    let place = try Workplace()
    // Debian's tools look into a binary, so that a script cannot stand in for it.
    try place.write(
      """
      #include <stdio.h>
      #include <string.h>
      #include <unistd.h>
      int main(int count, char **words) {
        if (count == 2 && strcmp(words[1], "--version") == 0) return puts("1.2.3") < 0;
        execvp("runtally", words);
        return 1;
      }
      """, to: "stub.c")
    let made = try await place.packaging(
      "cc -O2 -s -o stub stub.c && '\(Packaging.folder)/deb' stub '\(Packaging.scratch)' out",
      ["DEBFULLNAME": "Packager", "DEBEMAIL": "packager@debian.org", "SOURCE_DATE_EPOCH": "1775023200"])
    #expect(made.exitCode == 0, "\(made.err)")
    let name = made.out.trimmingCharacters(in: .newlines)
    #expect(name.firstMatch(of: /^out\/runtally_1\.2\.3_\w+\.deb$/) != nil)
    let lintian = try await place.shell("lintian --allow-root --fail-on error,warning \(name)")
    #expect(lintian.exitCode == 0, "\(lintian.out)")
    let field = try await place.shell("dpkg-deb --field \(name) Package Maintainer Depends")
    #expect(field.out.hasPrefix("Package: runtally\nMaintainer: Packager <packager@debian.org>\nDepends: libc6 "))
  }
}

/// Where the scripts of packaging are, and what they make.
enum Packaging {
  static let folder = House.root.appending(path: "packaging").path(percentEncoded: false)

  /// The folder of this build, which has the licences of the packages in it.
  static let scratch = Binary.url.resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path(percentEncoded: false)

  private static let runnerCommands: [String] = [
    "runner-list", "runner-show", "runner-pods", "runner-create", "runner-update", "runner-delete", "runner-apply",
    "runner-export",
  ]

  static let manualPages =
    (HelpTests.commands + runnerCommands + ["list", "plan", "import", "apply"].map { "prices-" + $0 }
    + ["rename", "take-back"].map { "source-" + $0 } + ["run", "cost", "runner"].map { "explain-" + $0 }).map {
      "runtally-\($0).1"
    }
    + ["runtally.1"]

  private static let everywhere =
    [
      "bin/runtally", "share/bash-completion/completions/runtally", "share/doc/runtally/CHANGELOG.md",
      "share/doc/runtally/LICENSE", "share/doc/runtally/NOTICE", "share/doc/runtally/README.md",
      "share/fish/vendor_completions.d/runtally.fish", "share/zsh/site-functions/_runtally",
    ] + manualPages.map { "share/man/man1/" + $0 }

  #if os(Linux)
    static let installed =
      (everywhere
      + ["harvest.service", "harvest.timer", "check.service", "check.timer", "serve.service"].map {
        "lib/systemd/system/runtally-" + $0
      }
      + ["THIRD-PARTY-NOTICES", "runtally.spdx.json"].map { "share/doc/runtally/" + $0 }).sorted()
  #else
    static let installed = everywhere.sorted()
  #endif
}

extension Workplace {
  /// Runs a line of shell that also finds the Swift which runs the tests.
  func packaging(_ script: String, _ environment: [String: String] = [:]) async throws -> Finished {
    let path = Binary.searchPath + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    return try await shell(script, environment: environment.merging(["PATH": path]) { $1 })
  }
}
