using Google.Apis.Http;

namespace MaoApi.Production;

/// <summary>
/// How FirebaseAdmin calls: once, for whoever asked decides about another time; without redirects, which would carry a secret elsewhere; no more
/// than 256 KiB; and to the places the settings name, where the library knows only Google's.
/// </summary>
/// <param name="place">From the address the library would call to the one that is called.</param>
internal sealed class FirebaseHttp(Func<Uri, Uri> place) : HttpClientFactory
{
    private const int MostBytes = 256 * 1024;

    /// <summary>A connection kept longer would not notice that a name has got another address.</summary>
    private static readonly TimeSpan MaxConnectionAge = TimeSpan.FromMinutes(5);

    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args)
    {
        // Behind those of the library: what they set, repetitions above all, is set again.
        args.Initializers.Add(new Bounds());
        return new Placing(place)
        {
            InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = MaxConnectionAge },
        };
    }

    private sealed class Bounds : IConfigurableHttpClientInitializer
    {
        public void Initialize(ConfigurableHttpClient httpClient)
        {
            httpClient.MessageHandler.NumTries = 1;
            httpClient.MessageHandler.FollowRedirect = false;
            httpClient.MaxResponseContentBufferSize = MostBytes;
        }
    }

    private sealed class Placing(Func<Uri, Uri> place) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = place(request.RequestUri!);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
