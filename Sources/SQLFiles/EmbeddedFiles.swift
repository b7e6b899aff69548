import CEmbedded

/// The files of a list of `CEmbedded`, in its order.
func files(_ list: UnsafePointer<EmbeddedFile>) -> [(name: String, text: String)] {
  var files: [(name: String, text: String)] = []
  var next = list
  while let name = next.pointee.name, let text = next.pointee.text {
    files.append((String(cString: name), String(cString: text)))
    next += 1
  }
  return files
}
