import CCurl

/// Curl's handle of many transfers and their connections.
// Only `wake` is called by other threads than the loop's, which libcurl allows, and never after `cleanUp`.
struct Multi: @unchecked Sendable {
  /// Once in a process, before anything else of curl.
  private static let library = curl_global_init(Int(CURL_GLOBAL_SSL))

  let handle: UnsafeMutableRawPointer?

  init() {
    _ = Multi.library
    handle = curl_multi_init()
    // Of several answers on one connection, one that is read slowly would hold up the others.
    curl_multi_set_number(handle, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
  }

  func wake() {
    curl_multi_wakeup(handle)
  }

  func cleanUp() {
    curl_multi_cleanup(handle)
  }
}
