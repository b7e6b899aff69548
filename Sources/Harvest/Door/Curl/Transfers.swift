import CCurl

/// The transfers under way; only the loop's thread touches them.
final class Transfers {
  /// How long the thread sleeps when there is nothing to watch.
  private static let longestSleep = Duration.seconds(60)

  private let multi: Multi
  private var transfers: [Transfer] = []

  init(_ multi: Multi) {
    self.multi = multi
  }

  func obey(_ orders: [TransferLoop.Order]) {
    for order in orders {
      switch order {
      case .start(let request, let mailbox): start(request, mailbox)
      case .resume(let mailbox): transfers.first { $0.mailbox === mailbox }?.resume()
      case .end(let mailbox): remove { $0.mailbox === mailbox }
      }
    }
  }

  private func start(_ request: OutgoingRequest, _ mailbox: Mailbox) {
    do throws(TransferFailure) {
      let transfer = try Transfer(request, for: mailbox)
      guard curl_multi_add_handle(multi.handle, transfer.handle) == CURLM_OK else {
        throw TransferFailure(CURLE_OUT_OF_MEMORY)
      }
      transfers.append(transfer)
    } catch {
      mailbox.end(.failure(error))
    }
  }

  /// Does what can be done now, and sleeps until there is more.
  func step() {
    var running: Int32 = 0
    curl_multi_perform(multi.handle, &running)
    endFinished()
    let sleep = endSilent()
    curl_multi_poll(multi.handle, nil, 0, Int32(sleep.roundedUpMilliseconds), nil)
  }

  private func endFinished() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi.handle, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
      let code = message.pointee.data.result
      // The message is gone with its transfer.
      remove { $0.handle == handle }?.end(code)
    }
  }

  /// - Returns: the time until the next deadline.
  private func endSilent() -> Duration {
    let now = SuspendingClock.now
    var sleep = Transfers.longestSleep
    for transfer in transfers {
      let (next, failure) = transfer.judge(at: now)
      if let failure {
        remove { $0 === transfer }
        transfer.end(.reason(failure))
      } else if let next {
        sleep = min(sleep, now.duration(to: next))
      }
    }
    return sleep
  }

  func endAll(_ failure: TransferFailure) {
    for transfer in transfers {
      remove { $0 === transfer }
      transfer.end(failure)
    }
  }

  /// Its connection is kept where the answer was read to its end.
  @discardableResult
  private func remove(_ isIt: (Transfer) -> Bool) -> Transfer? {
    guard let index = transfers.firstIndex(where: isIt) else { return nil }
    curl_multi_remove_handle(multi.handle, transfers[index].handle)
    return transfers.remove(at: index)
  }
}

extension Duration {
  /// Rounded down, a sleep would end just before what it is for.
  fileprivate var roundedUpMilliseconds: Int64 {
    components.seconds * 1000 + (components.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
  }
}
