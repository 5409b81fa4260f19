using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace MaoApi.Http;

/// <summary>What a handler answers that has made something new (201), or a failure.</summary>
internal sealed class Created<T> : IResult, IEndpointMetadataProvider
{
    private readonly T? _data;
    private readonly Failure? _failure;

    private Created(T? data, Failure? failure) => (_data, _failure) = (data, failure);

    public static implicit operator Created<T>(T data) => new(data, null);

    public static implicit operator Created<T>(Failure failure) => new(default, failure);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(Envelope<T>), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (_failure is not null)
        {
            return _failure.ExecuteAsync(httpContext);
        }

        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        return httpContext.Response.WriteAsJsonAsync(new Envelope<T>(0, "", _data!), httpContext.RequestAborted);
    }
}
