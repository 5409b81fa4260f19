using MaoApi.Http;
using Spectre.Console;

namespace MaoApi.Commands.Output;

/// <summary>Rows for people: a table where one looks, columns divided by tabs where a program does.</summary>
internal sealed class CommandTable(params IReadOnlyList<string> columns)
{
    private readonly List<string[]> _rows = [];

    public CommandTable Add(params IReadOnlyList<string?> cells)
    {
        // What comes from elsewhere may hold what moves a terminal's cursor.
        _rows.Add([.. cells.Select(cell => LogText.Clean(cell ?? ""))]);
        return this;
    }

    public void Write(CommandConsole console)
    {
        if (console.ShowsTables)
        {
            WriteTable(console.Out);
            return;
        }

        console.Out.WriteLine(string.Join('\t', columns));
        foreach (var row in _rows)
        {
            console.Out.WriteLine(string.Join('\t', row));
        }
    }

    private void WriteTable(TextWriter output)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        foreach (var row in _rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Write(table);
    }
}
