import CCurl

extension OutgoingRequest {
  /// Tells curl what to do, and what never to do.
  ///
  /// Left as they are: no cookies, no `.netrc`, no HTTP/0.9, and HTTP/2 where a server offers it by TLS.
  /// - Throws: when this libcurl cannot keep one of our promises, as one without TLS.
  func apply(to handle: UnsafeMutableRawPointer) throws(TransferFailure) {
    var codes = [
      curl_set_text(handle, CURLOPT_URL, address),
      curl_allow_only_web(handle),
      // A redirect would take the key to another host.
      curl_set_number(handle, CURLOPT_FOLLOWLOCATION, 0),
      // A proxy gets none of our headers when it is asked for a way to the host.
      curl_set_number(handle, CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE)),
      curl_set_number(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
      // Signals belong to the program.
      curl_set_number(handle, CURLOPT_NOSIGNAL, 1),
      curl_set_number(handle, CURLOPT_CONNECTTIMEOUT_MS, limits.connectSeconds * 1000),
      curl_leave_resolver(handle),
      // Nil would leave it to curl, which reads the environment anew for each request.
      curl_set_text(handle, CURLOPT_PROXY, proxy?.address.reveal() ?? ""),
      curl_set_text(handle, CURLOPT_NOPROXY, ""),
    ]
    for option in [CURLOPT_SSLVERSION, CURLOPT_PROXY_SSLVERSION] {
      codes.append(curl_set_number(handle, option, Int(CURL_SSLVERSION_TLSv1_2)))
    }
    for option in [CURLOPT_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYPEER] {
      codes.append(curl_set_number(handle, option, 1))
    }
    // 2 is "the certificate must be for this very host"; 1 has no meaning any more.
    for option in [CURLOPT_SSL_VERIFYHOST, CURLOPT_PROXY_SSL_VERIFYHOST] {
      codes.append(curl_set_number(handle, option, 2))
    }
    if let file = trust.file {
      for option in [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO] { codes.append(curl_set_text(handle, option, file)) }
    }
    if let folder = trust.folder {
      // A libcurl that knows no folders of certificates trusts none.
      for option in [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] {
        curl_set_text(handle, option, folder.isEmpty ? nil : folder)
      }
    }
    if method != .get { codes += change(handle) }
    if let code = codes.first(where: { $0 != CURLE_OK }) { throw TransferFailure(code) }
  }

  /// A request that changes something has a connection of its own. On a kept one that turns out to be dead curl sends it
  /// again by itself, and nobody knows then whether the first one arrived.
  private func change(_ handle: UnsafeMutableRawPointer) -> [CURLcode] {
    var codes = [
      curl_set_number(handle, CURLOPT_FRESH_CONNECT, 1), curl_set_number(handle, CURLOPT_FORBID_REUSE, 1),
    ]
    if let body {
      codes.append(body.withUnsafeBytes { curl_set_body(handle, $0.baseAddress ?? UnsafeRawPointer(handle), $0.count) })
    }
    codes.append(curl_set_text(handle, CURLOPT_CUSTOMREQUEST, method.rawValue))
    return codes
  }
}
