using System.Text.Json;

namespace MaoApi.Commands.Rest;

/// <summary>A list of the gateway with all its pages, as one.</summary>
internal static class ApiPages
{
    private const int PageSize = 200;

    /// <summary>Far more than anybody has; a list that never ends is not followed for ever.</summary>
    private const int MostPages = 500;

    public static async Task<JsonElement> AllAsync(ApiClient api, string path, object? filter, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var data = await api.PostAsync(path, new { filter, limit = PageSize, cursor }, cancellationToken);
            if (cursor is null && data.GetProperty("cursor").ValueKind == JsonValueKind.Null)
            {
                return data;
            }

            items.AddRange(data.GetProperty("items").EnumerateArray());
            cursor = data.GetProperty("cursor").GetString();
            if (cursor is null)
            {
                return CommandJson.Of(new { items, cursor });
            }
        }

        throw new CommandException(CommandExit.Refused, $"{path}: more than {MostPages * PageSize} items");
    }
}
