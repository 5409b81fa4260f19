using MaoApi.Http;

namespace MaoApi.Limits;

/// <summary>Refuses what comes while too many requests are under way, and ends what takes too long.</summary>
internal sealed class InFlightMiddleware(RequestDelegate next, InFlight inFlight)
{
    public Task InvokeAsync(HttpContext context)
    {
        var bounds = context.GetEndpoint()?.Metadata.GetMetadata<RequestBounds>() ?? RequestBounds.Default;
        if (!bounds.Counted)
        {
            return next(context);
        }

        return inFlight.Enter(bounds.Timed) is { } place
            ? RunAsync(context, place)
            : Failure.Of(ApiCodes.TooManyInFlight).ExecuteAsync(context);
    }

    private async Task RunAsync(HttpContext context, RequestPlace place)
    {
        var connection = context.RequestAborted;
        var following = place.Follow(connection);
        context.RequestAborted = place.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (place.IsLate && !connection.IsCancellationRequested)
        {
            context.RequestAborted = connection;
            if (context.Response.HasStarted)
            {
                context.Abort();
            }
            else
            {
                await Failure.Of(ApiCodes.TooLate).ExecuteAsync(context);
            }
        }
        finally
        {
            context.RequestAborted = connection;
            await following.DisposeAsync();
            inFlight.Leave(place);
        }
    }
}
