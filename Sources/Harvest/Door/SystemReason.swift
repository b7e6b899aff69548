import Foundation

/// What the system said of a file, without the path, which our own sentences name: `No space left on device`.
enum SystemReason {
  static func of(_ error: any Error) -> String {
    if let error = error as? RegularFile.Unfit { return error.description }
    let outer = error as NSError
    // Some errors keep the system's as a value of their own and some as a Foundation object.
    let inner = (outer.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? outer
    return inner.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(inner.code))) : error.localizedDescription
  }
}
