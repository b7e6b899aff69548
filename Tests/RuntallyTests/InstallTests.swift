import Foundation
import Testing

/// What `make install` and `make dist` put where.
@Suite struct InstallTests {
  @Test("installing puts the binary and three completions in their usual places, and uninstalling leaves nothing")
  func install() async throws {
    let place = try Workplace()
    let make = "make --silent --directory '\(House.root.path(percentEncoded: false))' --assume-old=build "
    let options = "BINARY='\(Binary.url.path(percentEncoded: false))' DESTDIR='\(place.path)' PREFIX=/usr"
    let installed = try await place.shell(make + "install " + options)
    #expect(installed == Finished(exitCode: 0, out: "", err: ""))
    #expect(
      place.files() == [
        "usr/bin/runtally", "usr/share/bash-completion/completions/runtally",
        "usr/share/fish/vendor_completions.d/runtally.fish", "usr/share/zsh/site-functions/_runtally",
      ])
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
    try place.write("#!/bin/sh\ncase $1 in --version) echo 1.2.3 ;; *) echo \"$2\" ;; esac\n", to: "stub")
    let pack = House.root.appending(path: ".ci/pack").path(percentEncoded: false)
    let first = try await place.shell(
      "chmod +x stub && '\(pack)' stub one && umask 077 && touch stub && '\(pack)' stub two")
    #expect(first.exitCode == 0, "\(first.err)")
    let names = place.files().filter { $0.hasSuffix(".tar.gz") }
    #expect(names.count == 2)
    #expect(try place.bytes(names[0]) == place.bytes(names[1]))
    let listed = try await place.shell("tar -tzf \(names[0])").out.split(separator: "\n").filter { !$0.hasSuffix("/") }
    #expect(
      listed.map { $0.split(separator: "/").dropFirst().joined(separator: "/") } == [
        "LICENSE", "README.md", "bin/runtally", "share/bash-completion/completions/runtally",
        "share/fish/vendor_completions.d/runtally.fish", "share/zsh/site-functions/_runtally",
      ])
    #expect(names[0].firstMatch(of: /^one\/runtally-1\.2\.3-linux-\w+\.tar\.gz$/) != nil)
  }
}
