import Foundation

/// The door into a folder of saved bodies: `/runners` is `DIR/runners.json`, `/runners/ID/runs` is `DIR/runs/ID.json`
/// and `/runners/ID/pods` is `DIR/pods/ID.json`.
///
/// There is one body for a list, so every page that is asked for is that body.
extension AnswerDoor {
  package static func directory(
    _ directory: URL, chunkSize: Int = 65_536, bodyLimit: Int = AnswerBody.defaultLimit
  ) -> AnswerDoor {
    AnswerDoor { request in
      let name = try fileName(for: request)
      let file = directory.appending(path: name, directoryHint: .notDirectory)
      // As the folder was named: where it lies on this machine does not belong into a ledger that is handed on.
      let folder = directory.relativePath
      let place = HarvestError.Place.file(path: folder.hasSuffix("/") ? folder + name : folder + "/" + name)
      let handle: FileHandle
      do {
        handle = try RegularFile.open(file.path(percentEncoded: false))
      } catch POSIXError.ENOENT {
        throw HarvestError(.missingFile, at: place)
      } catch {
        throw HarvestError(.unreadableFile(SystemReason.of(error)), at: place)
      }
      let body = AnswerBody(from: place, limit: bodyLimit) {
        {
          do {
            guard let data = try handle.read(upToCount: chunkSize), !data.isEmpty else { return nil }
            return [UInt8](data)
          } catch {
            throw HarvestError(.unreadableFile(SystemReason.of(error)), at: place)
          }
        }
      }
      return Answer(headers: ["content-type": "application/json"], body: body, place: place)
    }
  }

  /// The last word of the path names the folder and the id the file, so pods lie in `pods/` as runs lie in `runs/`.
  private static func fileName(for request: AnswerRequest) throws -> String {
    switch request.segments.count {
    case 1: return request.segments[0] + ".json"
    case 3 where isFileName(request.segments[1]): return request.segments[2] + "/" + request.segments[1] + ".json"
    default: throw HarvestError(.badID(request.segments.dropFirst().first ?? ""), at: .file(path: request.path))
    }
  }

  /// An id comes from the answer of a server: it must not lead out of the folder.
  private static func isFileName(_ id: String) -> Bool {
    !id.isEmpty && id.utf8.count <= 200 && !id.hasPrefix(".")
      && id.unicodeScalars.allSatisfy {
        $0 != "/" && $0 != "\\" && $0 != ":" && $0.properties.generalCategory != .control
      }
  }
}
