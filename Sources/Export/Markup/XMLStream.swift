import CLibXML2

/// An XML document that is written element by element into an ``Output``, by libxml2's text writer, which escapes.
final class XMLStream {
  /// What libxml2 calls back to; it has to live as long as the writer does.
  private final class Sink {
    let output: Output
    var failure: (any Error)?

    init(_ output: Output) {
      self.output = output
    }
  }

  private let sink: Sink
  private let writer: xmlTextWriterPtr

  /// libxml2 sets up its tables at first use, which two threads must not do at once.
  private static let isReady: Void = xmlInitParser()

  init(to output: Output) throws {
    _ = XMLStream.isReady
    sink = Sink(output)
    // The failure is kept here and not told to libxml2, which would print a line of its own to standard error.
    let write: xmlOutputWriteCallback = { context, bytes, count in
      guard let context else { return -1 }
      let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
      guard sink.failure == nil, let bytes, count > 0 else { return count }
      bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { start in
        do {
          try sink.output.append(UnsafeBufferPointer(start: start, count: Int(count)))
        } catch {
          sink.failure = error
        }
      }
      return count
    }
    let context = Unmanaged.passUnretained(sink).toOpaque()
    guard let buffer = xmlOutputBufferCreateIO(write, nil, context, nil) else {
      throw ExportError.xmlRefused(step: "the beginning of the file")
    }
    guard let writer = xmlNewTextWriter(buffer) else {
      xmlOutputBufferClose(buffer)
      throw ExportError.xmlRefused(step: "the beginning of the file")
    }
    self.writer = writer
    try check(xmlTextWriterSetIndent(writer, 1), "the beginning of the file")
    try check(xmlTextWriterSetIndentString(writer, "  "), "the beginning of the file")
    try check(xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil), "the beginning of the file")
  }

  deinit { xmlFreeTextWriter(writer) }

  func start(_ element: String) throws {
    try check(xmlTextWriterStartElement(writer, element), "<\(element)>")
  }

  func attribute(_ name: String, _ value: XMLText) throws {
    try check(xmlTextWriterWriteAttribute(writer, name, value.string), "the attribute \(name)")
  }

  func text(_ text: XMLText) throws {
    try check(xmlTextWriterWriteString(writer, text.string), "a text")
  }

  /// Closes the innermost open element.
  func end() throws {
    try check(xmlTextWriterEndElement(writer), "the end of an element")
  }

  /// Closes what is open and hands every byte to the output.
  func finish() throws {
    try check(xmlTextWriterEndDocument(writer), "the end of the file")
    try check(xmlTextWriterFlush(writer), "the end of the file")
  }

  private func check(_ result: Int32, _ step: String) throws {
    if let failure = sink.failure { throw failure }
    guard result >= 0 else { throw ExportError.xmlRefused(step: step) }
  }
}
