using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaoApi.Pods;

/// <summary>Asks somebody who runs engines, and reads what he answers: within a deadline, however the answer ends.</summary>
/// <param name="server">Who, for people, as a sentence begins.</param>
/// <param name="timeout">Deadline of a whole answer.</param>
/// <param name="time">The clock.</param>
internal sealed class ManagerAnswers(string server, TimeSpan timeout, TimeProvider time)
{
    private const int MaxMessage = 500;

    /// <summary>The beginning of an answer, whatever its status.</summary>
    /// <exception cref="PodDriverException">There is none; its cause says why.</exception>
    public async Task<HttpResponseMessage> AskAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw PodDriverException.Away($"{server} has not answered within {timeout.TotalSeconds} s.", late);
        }
        catch (HttpRequestException fault)
        {
            throw PodDriverException.Away($"{server} cannot be reached: {(fault.InnerException ?? fault).Message}", fault);
        }
    }

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
            throw PodDriverException.Away($"{server}: the answer broke off.", fault);
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
