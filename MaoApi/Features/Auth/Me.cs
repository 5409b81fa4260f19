using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Auth;

internal sealed record MeResponse(UserView User);

internal static class Me
{
    public static Answer<MeResponse> Handle(Caller caller) => new MeResponse(UserView.Of(caller));
}
