using System.Net;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Outbound;

namespace MaoApi.News;

/// <summary>
/// Gets feeds: from https addresses by the guarded client, or from files in <c>feeds</c> of the data folder. A feed that has not changed is
/// not sent again where its server knows how. Thread-safe.
/// </summary>
internal sealed class FeedSource(OutboundHttp http, DataFolder folder)
{
    /// <summary>Longest feed.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    private const string Accept = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8";

    /// <summary>Asks for a feed.</summary>
    /// <exception cref="FeedUnavailableException">It could not be had.</exception>
    public async Task<FeedAnswer> GetAsync(Feed feed, CancellationToken cancellationToken)
    {
        try
        {
            return feed.IsFile ? await ReadAsync(feed, cancellationToken) : await AskAsync(feed, cancellationToken);
        }
        catch (Exception fault) when (fault is OutboundRefusedException or HttpRequestException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            throw new FeedUnavailableException(fault.Message, fault);
        }
    }

    private async Task<FeedAnswer> AskAsync(Feed feed, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, feed.Address);
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        request.Headers.TryAddWithoutValidation("User-Agent", "MaoTrade");
        if (feed.EntityTag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", feed.EntityTag);
        }

        request.Headers.IfModifiedSince = feed.LastModified;
        var answer = await http.SendAsync(request, cancellationToken, MostBytes);
        return answer.Status switch
        {
            (int)HttpStatusCode.OK => new FeedAnswer(answer.Body, answer.Charset, answer.EntityTag, answer.LastModified),
            (int)HttpStatusCode.NotModified => new FeedAnswer(null, null, feed.EntityTag, feed.LastModified),
            >= 300 and < 400 => throw new FeedUnavailableException($"the server answered {answer.Status}; redirects are not followed"),
            var status => throw new FeedUnavailableException($"the server answered {status}"),
        };
    }

    private async Task<FeedAnswer> ReadAsync(Feed feed, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(folder.Feeds, feed.Address));
        if (!file.Exists || file.LinkTarget is not null)
        {
            throw new FeedUnavailableException($"there is no file {feed.Address} in the folder feeds");
        }

        if (file.Length > MostBytes)
        {
            throw new FeedUnavailableException($"the file is longer than {MostBytes} bytes");
        }

        // As exactly as the database keeps it.
        var written = DateTimeOffset.FromUnixTimeMilliseconds(new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds());
        return written == feed.LastModified
            ? new FeedAnswer(null, null, null, written)
            : new FeedAnswer(await File.ReadAllBytesAsync(file.FullName, cancellationToken), null, null, written);
    }
}
