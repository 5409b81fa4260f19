using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaoApi.Pods;

/// <summary>Reads what somebody answers who runs engines: within a deadline, however the answer ends.</summary>
/// <param name="server">Who, for people.</param>
/// <param name="timeout">Deadline of a whole answer.</param>
/// <param name="time">The clock.</param>
internal sealed class ManagerAnswers(string server, TimeSpan timeout, TimeProvider time)
{
    private const int MaxMessage = 500;

    /// <summary>All of an answer.</summary>
    /// <exception cref="PodDriverException">It broke off.</exception>
    public async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await response.Content.ReadAsStringAsync(either.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw PodDriverException.Away($"The answer of {server} broke off.", fault);
        }
    }

    /// <summary>Why it says no, in its own words.</summary>
    public async Task<string> MessageAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await BodyAsync(response, cancellationToken);
        try
        {
            text = JsonNode.Parse(text)?["message"]?.ToString() ?? text;
        }
        catch (JsonException)
        {
            // Words of somebody in between.
        }

        return text.Length <= MaxMessage ? text : text[..MaxMessage] + "…";
    }
}
