using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace MaoApi.Http;

/// <summary>What a handler answers that has taken something on which is done later (202), or a failure.</summary>
internal sealed class Accepted<T> : IResult, IEndpointMetadataProvider
{
    private readonly T? _data;
    private readonly Failure? _failure;

    private Accepted(T? data, Failure? failure) => (_data, _failure) = (data, failure);

    public static implicit operator Accepted<T>(T data) => new(data, null);

    public static implicit operator Accepted<T>(Failure failure) => new(default, failure);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(Envelope<T>), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (_failure is not null)
        {
            return _failure.ExecuteAsync(httpContext);
        }

        httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        return httpContext.Response.WriteAsJsonAsync(new Envelope<T>(0, "", _data!), httpContext.RequestAborted);
    }
}
