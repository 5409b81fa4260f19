using System.Text.Json;

namespace MaoApi.Commands.Output;

/// <summary>Members of answers as cells of a table.</summary>
internal static class JsonCells
{
    /// <summary>A member by its path (<c>portfolio.account.equity</c>) as text; empty where it is missing or null.</summary>
    public static string Cell(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return "";
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.String => element.GetString()!,
            _ => element.GetRawText(),
        };
    }

    /// <summary>A table of a list's items, one column for each path.</summary>
    public static CommandTable TableOf(JsonElement items, params IReadOnlyList<string> paths)
    {
        var table = new CommandTable([.. paths.Select(path => path[(path.LastIndexOf('.') + 1)..])]);
        foreach (var item in items.EnumerateArray())
        {
            table.Add([.. paths.Select(path => item.Cell(path))]);
        }

        return table;
    }

    /// <summary>A table of one thing: a row for each path.</summary>
    public static CommandTable SheetOf(JsonElement item, params IReadOnlyList<string> paths)
    {
        var table = new CommandTable("what", "value");
        foreach (var path in paths)
        {
            table.Add(path[(path.LastIndexOf('.') + 1)..], item.Cell(path));
        }

        return table;
    }
}
