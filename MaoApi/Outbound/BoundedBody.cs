namespace MaoApi.Outbound;

/// <summary>Reads answers of other servers, and never more of them than can be meant.</summary>
internal static class BoundedBody
{
    /// <summary>The whole body.</summary>
    /// <exception cref="HttpRequestException">It is longer than allowed.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int mostBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > mostBytes)
            {
                throw new HttpRequestException($"the answer is longer than {mostBytes} bytes");
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
