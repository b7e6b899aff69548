/// The door to the network.
extension AnswerDoor {
  /// - Parameters:
  ///   - base: the source's url, such as `https://api.nodion.com/v1`.
  ///   - version: for the `User-Agent`.
  ///   - allowsCleartext: whether a key may travel over plain http, where everyone on the way can read it; to this
  ///     very machine it always may.
  /// - Throws: ``HarvestError`` when the url is none, or has a password or a query in it.
  package static func live(
    base: String, version: String, limits: LiveLimits = LiveLimits(), allowsCleartext: Bool = false,
    network: NetworkSettings = NetworkSettings()
  ) throws -> AnswerDoor {
    let base = try BaseURL(base)
    let proxy = Proxy.choose(network.proxy, for: base, environment: network.environment)
    let trust = Trust(onlyIn: network.caFile, environment: network.environment)
    let loop = TransferLoop()

    return AnswerDoor(
      fetch: { request in
        let place = base.place(of: request)
        if base.isExposed, !allowsCleartext, !request.headers.isEmpty { throw HarvestError(.cleartext, at: place) }
        let outgoing = OutgoingRequest(
          method: request.method, address: try base.address(of: request),
          fields: try fields(of: request, version: version, at: place), body: request.body?.bytes, proxy: proxy,
          trust: trust, limits: limits)
        let incoming = IncomingAnswer(to: outgoing, from: loop)
        do {
          let head = try await incoming.head()
          // A vendor has no such answer, so it is the proxy's own.
          if head.status == 407, let proxy {
            throw TransferFailure.reason(.proxyRefused(proxy: proxy.name, status: head.status))
          }
          return Answer(
            status: head.status, headers: head.fields,
            body: try body(of: incoming, head, from: place, limits: limits), place: place)
        } catch let failure as TransferFailure {
          throw HarvestError(failure.reason(afterBytes: 0), at: place)
        }
      },
      close: { await loop.close() }
    )
  }

  private static func fields(
    of request: AnswerRequest, version: String, at place: HarvestError.Place
  ) throws -> [(name: String, value: Secret)] {
    // A line break would begin a header of its own.
    for (name, value) in request.headers where !value.reveal().utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) {
      throw HarvestError(.unsendableHeader(name), at: place)
    }
    let ours: KeyValuePairs = [
      "Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "runtally/\(version)",
    ]
    let ofBody = request.body == nil ? [] : [("Content-Type", Secret("application/json"))]
    return ours.map { ($0.key, Secret($0.value)) } + ofBody + request.headers.map { ($0.key, $0.value) }
  }

  private static func body(
    of incoming: IncomingAnswer, _ head: AnswerHead, from place: HarvestError.Place, limits: LiveLimits
  ) throws -> AnswerBody {
    let codings: [ContentCoding]
    do {
      codings = try ContentCoding.list(head.fields["content-encoding"])
    } catch {
      // What a refusal says is not needed.
      if (200...299).contains(head.status) { throw HarvestError(.packed(error.name), at: place) }
      return AnswerBody(from: place, bytes: [])
    }
    return AnswerBody(from: place, limit: limits.bodyBytes) {
      // What was done last is undone first.
      var layers: AnswerBody.Next = { try await incoming.next() }
      for coding in codings.reversed() {
        let (packed, unpacking) = (
          layers, Unpacking(coding, ratio: limits.unpackRatio, limit: limits.bodyBytes)
        )
        layers = { try await unpacking.next(packed) }
      }
      let unpacked = layers
      var count = 0
      return {
        do {
          let piece = try await unpacked()
          count += piece?.count ?? 0
          return piece
        } catch let failure as TransferFailure {
          throw HarvestError(failure.reason(afterBytes: count), at: place)
        }
      }
    }
  }
}
