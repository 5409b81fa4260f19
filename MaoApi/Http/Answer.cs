using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace MaoApi.Http;

/// <summary>What a handler answers: data in the envelope, or a failure.</summary>
internal sealed class Answer<T> : IResult, IEndpointMetadataProvider
{
    private readonly T? _data;
    private readonly Failure? _failure;

    private Answer(T? data, Failure? failure) => (_data, _failure) = (data, failure);

    public bool IsFailure => _failure is not null;

    public static implicit operator Answer<T>(T data) => new(data, null);

    public static implicit operator Answer<T>(Failure failure) => new(default, failure);

    /// <summary>The same answer with other data; a failure stays what it is.</summary>
    public Answer<TOther> Map<TOther>(Func<T, TOther> change) => _failure is not null ? _failure : change(_data!);

    /// <summary>The data as something else than JSON in the envelope; a failure stays what it is.</summary>
    public IResult As(Func<T, IResult> change) => _failure is not null ? _failure : change(_data!);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Envelope<T>), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext) => _failure is not null
        ? _failure.ExecuteAsync(httpContext)
        : httpContext.Response.WriteAsJsonAsync(new Envelope<T>(0, "", _data!), httpContext.RequestAborted);
}
