extension [String] {
  /// Without what was said before, byte for byte.
  package var once: [String] {
    var seen: Set<[UInt8]> = []
    return filter { seen.insert([UInt8]($0.utf8)).inserted }
  }
}
