import Foundation
import Harvest
import Runs

/// Saved answers as visits to make again.
struct Replay {
  var folder: String
  var vendors = Vendors.all

  /// The visits to these sources, or to all, in the order in which they were made.
  ///
  /// A source that the configuration does not name is taken as it was saved.
  func visits(to names: [String], _ configuration: Configuration) throws -> [HarvestPipeline.PlannedVisit] {
    let archives = try AnswerArchive.visits(in: URL(fileURLWithPath: folder))
    let known = Set(archives.map(\.manifest.source))
    guard !known.isEmpty else { throw ReplayError.empty(folder) }
    if let name = names.first(where: { !known.contains($0) }) {
      throw ReplayError.unknownSource(name, known: known.sorted(), folder)
    }
    return try archives.filter { names.isEmpty || names.contains($0.manifest.source) }.map { archive in
      let saved = archive.manifest
      if let source = configuration.sources.first(where: { $0.name == saved.source }) {
        return (source, .archive(archive))
      }
      guard let api = vendors[saved.vendor] else {
        throw ReplayError.unknownVendor(saved.vendor, source: saved.source, folder)
      }
      return (SourceConfiguration(name: saved.source, api: api), .archive(archive))
    }
  }
}

/// Why there is nothing to replay.
enum ReplayError: Error, CustomStringConvertible {
  case empty(String)
  case unknownSource(String, known: [String], String)
  case unknownVendor(String, source: String, String)

  var description: String {
    switch self {
    case .empty(let folder):
      "\(folder) holds no saved visit; name the folder that `runtally harvest --save` was given"
    case .unknownSource(let name, let known, let folder):
      "\(folder) holds no visit to \(name); it has visits to \(known.joined(separator: ", "))"
    case .unknownVendor(let vendor, let source, let folder):
      "\(folder) holds visits to \(source), whose vendor \"\(vendor)\" this version does not know; replay them with "
        + "the version that saved them"
    }
  }
}
