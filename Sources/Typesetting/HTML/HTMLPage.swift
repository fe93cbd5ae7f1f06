/// A page that needs nothing else: no scripts, no other files; light or dark as the reader prefers, and fit to be printed.
public enum HTMLPage {
    /// - Parameters:
    ///   - title: plain text, for the window.
    ///   - body: HTML, in which all that others wrote is escaped. Besides, the page forbids everything but its own style.
    public static func text(title: String, body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="color-scheme" content="light dark">
        <title>\(HTMLText.escape(title))</title>
        <style>
        \(HTMLStyle.text)
        </style>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }
}
