/// The answer to one request, as whoever asked sees it: a head, and then bytes for as long as he wants some.
///
/// The transfer ends at once when the task that waits for it is cancelled, and when nobody has the answer any more.
final class IncomingAnswer: Sendable {
  private let mailbox: Mailbox
  private let loop: TransferLoop

  init(to request: OutgoingRequest, from loop: TransferLoop) {
    mailbox = Mailbox()
    self.loop = loop
    loop.order(.start(request, mailbox))
  }

  deinit { abandon() }

  func head() async throws -> AnswerHead {
    try await withTaskCancellationHandler {
      try await mailbox.head()
    } onCancel: {
      abandon()
    }
  }

  /// Nil at the end of the body.
  func next() async throws -> [UInt8]? {
    let piece = try await withTaskCancellationHandler {
      try await mailbox.piece()
    } onCancel: {
      abandon()
    }
    guard case .bytes(let bytes, let madeRoom) = piece else { return nil }
    if madeRoom { loop.order(.resume(mailbox)) }
    return bytes
  }

  private func abandon() {
    if mailbox.end(.failure(CancellationError())) { loop.order(.end(mailbox)) }
  }
}
