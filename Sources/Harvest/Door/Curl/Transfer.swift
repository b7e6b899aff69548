import CCurl

/// One request while curl works on it; only the loop's thread touches it.
final class Transfer {
  private enum Phase {
    /// The host is looked up, connected to, and proves who it is.
    case connecting
    /// Nothing has come since then.
    case waiting(since: SuspendingClock.Instant)
    /// The reader is behind, so the silence is ours.
    case paused
  }

  let request: OutgoingRequest
  let mailbox: Mailbox
  let handle: UnsafeMutableRawPointer
  /// Curl's own words for what went wrong.
  private let words: UnsafeMutablePointer<CChar>
  private let fields: UnsafeMutablePointer<curl_slist>?
  private var head = HeadReader()
  private var phase = Phase.connecting
  /// Since when and how much has come, where it is watched whether enough does.
  private var stretch: (start: SuspendingClock.Instant, bytes: Int)?
  /// Why we ended it, where curl did not.
  private var verdict: TransferFailure?

  init(_ request: OutgoingRequest, for mailbox: Mailbox) throws(TransferFailure) {
    guard let handle = curl_easy_init() else { throw TransferFailure(CURLE_OUT_OF_MEMORY) }
    self.request = request
    self.mailbox = mailbox
    self.handle = handle
    words = .allocate(capacity: Int(CURL_ERROR_SIZE))
    words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    let told = request.fields.reduce(nil) { (fields: UnsafeMutablePointer<curl_slist>?, field) in
      let value = field.value.reveal()
      // Curl takes a name with nothing behind its colon for one to leave out.
      return curl_slist_append(fields, value.isEmpty ? field.name + ";" : field.name + ": " + value)
    }
    // With it curl would ask first whether a long body is wanted, and wait for an answer that hardly any server gives.
    fields = request.body == nil ? told : curl_slist_append(told, "Expect:")
    curl_set_pointer(handle, CURLOPT_ERRORBUFFER, words)
    curl_set_fields(handle, fields)
    curl_set_receivers(handle, receiveHead, receiveBody, Unmanaged.passUnretained(self).toOpaque())
    try request.apply(to: handle)
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(fields)
    words.deallocate()
  }

  // MARK: What arrives

  /// - Returns: whether to go on.
  fileprivate func takeHead(_ line: UnsafeRawBufferPointer) -> Bool {
    do throws(HeadReader.TooLong) {
      guard let head = try head.read(line) else { return true }
      phase = .waiting(since: .now)
      // Curl would unpack it, to any size. `chunked` is how a body of unknown length travels.
      let codings = (head.fields["transfer-encoding"] ?? "").lowercased().split { $0 == "," || $0 == " " }
      if codings.contains(where: { $0 != "chunked" && $0 != "identity" }) {
        verdict = .reason(.connectionFailed("its answer is packed in a way that was not asked for"))
        return false
      }
      mailbox.put(head)
      return true
    } catch {
      verdict = .reason(.longHead(limit: HeadReader.limit))
      return false
    }
  }

  /// - Returns: false when they must come again.
  fileprivate func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let hasRoom = mailbox.put(bytes)
    phase = hasRoom ? .waiting(since: .now) : .paused
    if hasRoom { stretch?.bytes += bytes.count } else { stretch = nil }
    return hasRoom
  }

  /// The reader has caught up.
  func resume() {
    guard case .paused = phase else { return }
    phase = .waiting(since: .now)
    stretch = (.now, 0)
    // What was sent away comes again inside this call.
    curl_easy_pause(handle, CURLPAUSE_CONT)
  }

  // MARK: How it ends

  /// When to look again, and what is wrong by now: the silence lasted too long, or too little comes.
  func judge(at now: SuspendingClock.Instant) -> (next: SuspendingClock.Instant?, failure: HarvestError.Reason?) {
    // Curl has a time limit of its own for connecting; what comes after is ours to watch.
    if case .connecting = phase, curl_time(handle, CURLINFO_PRETRANSFER_TIME_T) > 0 {
      phase = .waiting(since: now)
      stretch = (now, 0)
    }
    guard case .waiting(let start) = phase else { return (nil, nil) }
    let limits = request.limits
    let silent = start + .seconds(limits.readSeconds)
    if silent <= now { return (nil, .readTimeout(seconds: limits.readSeconds)) }
    guard var stretch else { return (silent, nil) }
    if stretch.start + limits.patience <= now {
      guard stretch.bytes >= limits.leastBytes else {
        return (nil, .tooSlow(bytes: stretch.bytes, seconds: Int(limits.patience.components.seconds)))
      }
      stretch = (now, 0)
      self.stretch = stretch
    }
    return (min(silent, stretch.start + limits.patience), nil)
  }

  func end(_ code: CURLcode) {
    // A head that breaks off is an answer for curl.
    let code = code == CURLE_OK && !head.isComplete ? CURLE_GOT_NOTHING : code
    mailbox.end(code == CURLE_OK ? .success(()) : .failure(failure(code)))
  }

  func end(_ failure: TransferFailure) {
    mailbox.end(.failure(failure))
  }

  private func failure(_ code: CURLcode) -> TransferFailure {
    if let verdict { return verdict }
    if head.isComplete { return .brokeOff }
    let circumstances = TransferFailure.Circumstances(
      words: String(cString: words), systemError: Int32(truncatingIfNeeded: curl_number(handle, CURLINFO_OS_ERRNO)),
      isConnected: curl_number(handle, CURLINFO_LOCAL_PORT) > 0,
      isSent: curl_time(handle, CURLINFO_PRETRANSFER_TIME_T) > 0,
      proxyStatus: curl_number(handle, CURLINFO_HTTP_CONNECTCODE))
    return .reason(circumstances.reason(code, request))
  }
}

// MARK: What curl calls

private let receiveHead: curl_receiver = { bytes, size, count, context in
  guard let bytes, let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return transfer.takeHead(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private let receiveBody: curl_receiver = { bytes, size, count, context in
  guard let bytes, let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  let hasRoom = transfer.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
  return hasRoom ? size * count : Int(CURL_WRITEFUNC_PAUSE)
}
