namespace MaoApi.Commands.Rest;

/// <summary>Writes an answer into a file, which has its name only when it is whole.</summary>
internal static class FileDownload
{
    /// <summary>Downloads; the file's name and size.</summary>
    /// <param name="api">The gateway.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="target">The file; null = as the gateway names it, in the folder it is run in.</param>
    /// <param name="cancellationToken">Ends it; nothing is left.</param>
    /// <exception cref="CommandException">It was refused, or cannot be written.</exception>
    public static async Task<(string File, long SizeBytes)> RunAsync(ApiClient api, string path, string? target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await api.OpenAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            await ApiClient.DataOfAsync(response, cancellationToken);
        }

        var file = target ?? Path.GetFileName(response.Content.Headers.ContentDisposition?.FileName?.Trim('"')) ?? "report";
        var part = file + ".part";
        try
        {
            await using (var output = File.Create(part))
            {
                await response.Content.CopyToAsync(output, cancellationToken);
            }

            File.Move(part, file, overwrite: true);
            return (file, new FileInfo(file).Length);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new CommandException(CommandExit.Refused, $"{file} cannot be written: {fault.Message}");
        }
        catch (DirectoryNotFoundException fault)
        {
            throw new CommandException(CommandExit.Refused, $"{file} cannot be written: {fault.Message}");
        }
        finally
        {
            File.Delete(part);
        }
    }
}
