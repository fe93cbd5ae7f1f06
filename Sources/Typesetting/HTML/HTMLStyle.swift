/// The page's look.
public enum HTMLStyle {
    private static let paneColors = 4

    /// The class that gives a pane its colour.
    public static func paneClass(_ index: Int) -> String { "pane\(index % paneColors)" }

    /// All of it, for a page.
    public static let text = [colors, page, marks, ending].joined(separator: "\n")

    /// What an image that stands alone needs.
    static let image = [colors, marks].joined(separator: "\n")

    /// Text and marks have a contrast of at least 4.5 to 1 on both grounds. Panes are told apart by their titles too,
    /// not by their colours alone.
    private static let colors = """
        :root {
          --ground: #fcfcfa; --card: #ffffff; --text: #1c1d20; --quiet: #5a5d66; --edge: #d9dae0; --grid: #e7e8ec;
          --warning: #9a3412;
          --color0: #1f5fbf; --color1: #a84300; --color2: #0f766e; --color3: #86318f;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #131418; --card: #1b1d22; --text: #e8e9ec; --quiet: #a2a6b1; --edge: #34373f; --grid: #2a2d34;
            --warning: #fdba74;
            --color0: #7fb1ff; --color1: #f5a35c; --color2: #5fd3c4; --color3: #d99be2;
          }
        }
        .pane0 { --pane: var(--color0); } .pane1 { --pane: var(--color1); }
        .pane2 { --pane: var(--color2); } .pane3 { --pane: var(--color3); }
        """

    private static let page = """
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; max-width: 76rem; padding: 2rem 1.25rem 4rem; background: var(--ground); color: var(--text);
          font: 1rem/1.55 system-ui, sans-serif;
        }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; margin: 0 0 .75rem; }
        h3 { font-size: 1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        h4 { font-size: .95rem; margin: 1.5rem 0 .5rem; }
        header p, .remark, footer, figcaption, dt, caption { color: var(--quiet); }
        header p { margin: .25rem 0; }
        .eyebrow { font-size: .85rem; letter-spacing: .04em; }
        .verdict { margin: 1rem 0 0; font-weight: 600; }
        header .warning { color: var(--warning); }
        section { margin-top: 3rem; padding-top: 1.5rem; border-top: 1px solid var(--edge); }
        .panes { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); }
        .prompt {
          margin: 0 0 1rem; padding: .75rem 1rem; border-left: 4px solid var(--quiet); background: var(--card);
          white-space: pre-wrap; overflow-wrap: anywhere;
        }
        article {
          padding: 1rem; border: 1px solid var(--edge); border-top: 3px solid var(--pane); border-radius: 6px;
          background: var(--card); min-width: 0;
        }
        article h3, th[scope=col] { color: var(--pane); }
        .answer { white-space: pre-wrap; overflow-wrap: anywhere; }
        .remark { margin: .5rem 0 0; font-size: .9rem; overflow-wrap: anywhere; }
        details { margin-top: .75rem; font-size: .9rem; }
        dl { margin: .5rem 0 0; font-size: .9rem; }
        dl div { display: grid; grid-template-columns: 8.5rem 1fr; gap: .75rem; padding: .15rem 0; }
        dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
        .scroll { overflow-x: auto; margin-top: 1.5rem; }
        table { border-collapse: collapse; width: 100%; font-size: .95rem; }
        caption { text-align: left; padding-bottom: .35rem; font-size: .9rem; }
        th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--grid); text-align: right; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; }
        th[scope=row] { font-weight: 400; }
        td { font-variant-numeric: tabular-nums; }
        th.words, td.words { text-align: left; }
        .report th[scope=col] { color: var(--quiet); }
        .report td { overflow-wrap: anywhere; }
        .marked td { font-weight: 600; }
        .prose { max-width: 46rem; white-space: pre-wrap; overflow-wrap: anywhere; }
        .standout { padding: .75rem 1rem; border-left: 4px solid var(--color0); background: var(--card); }
        .plot { display: block; margin: 1.5rem 0; max-width: 46rem; }
        figure { display: flex; flex-direction: column; justify-content: space-between; margin: 0; min-width: 0; }
        figcaption { font-size: .85rem; margin-bottom: .25rem; overflow-wrap: anywhere; }
        svg { display: block; width: 100%; height: auto; }
        """

    /// What stands within charts and plots.
    private static let marks = """
        svg text { font: 10px system-ui, sans-serif; fill: var(--quiet); }
        .grid { stroke: var(--grid); stroke-width: 1; }
        .level { stroke: var(--quiet); stroke-width: 1; stroke-dasharray: 4 3; }
        .line { fill: none; stroke: var(--pane); stroke-width: 1.5; stroke-linejoin: round; }
        .bar { fill: var(--pane); }
        .served { fill: none; stroke: var(--pane); stroke-width: 1.5; }
        .stall { fill: var(--card); stroke: var(--text); stroke-width: 2; }
        .label { fill: var(--text); }
        .mark { fill: var(--pane); }
        .interval { stroke: var(--pane); stroke-width: 1.5; }
        .ground { fill: var(--ground); }
        """

    private static let ending = """
        footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--edge); font-size: .85rem; }
        footer h2 { font-size: .95rem; }
        @page { margin: 15mm; }
        @media print {
          :root {
            --ground: #fff; --card: #fff; --text: #000; --quiet: #444; --edge: #bbb; --grid: #ddd;
            --warning: #9a3412;
            --color0: #1f5fbf; --color1: #a84300; --color2: #0f766e; --color3: #86318f;
          }
          body { max-width: none; padding: 0; font-size: 10pt; print-color-adjust: exact; }
          section { margin-top: 1.5rem; }
          figure, table, dl { break-inside: avoid; }
          h2, h3, h4, caption { break-after: avoid; }
        }
        """
}
