using Gateway.Broker;
using Microsoft.Extensions.Hosting;

namespace Gateway.Frames;

/// <summary>Registered last, so stopped first: no new frames, then the rest of the stop.</summary>
internal sealed class Receiving(BrokerConnection broker, FrameQueue queue) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await broker.StopReceivingAsync(cancellationToken).ConfigureAwait(false);
        queue.Complete();
    }
}
