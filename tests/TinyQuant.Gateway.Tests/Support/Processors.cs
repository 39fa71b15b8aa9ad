using Gateway.Alerts;
using Gateway.Configuration;
using Gateway.Frames;
using Gateway.Scoring;
using Microsoft.Extensions.Configuration;

namespace TinyQuant.Gateway.Tests.Support;

/// <summary>Options as they are by default, and what is made of them.</summary>
internal static class Processors
{
    public static AlertOptions Alerts { get; } = AlertOptions.Read(new Settings(new ConfigurationBuilder().Build()));

    public static FrameProcessor Create(int? raiseAfter = null, TimeProvider? time = null)
    {
        AlertOptions options = Alerts with { RaiseAfter = raiseAfter ?? Alerts.RaiseAfter };
        time ??= TimeProvider.System;
        return new FrameProcessor(new FrameScorer(), new AlertPolicy(options, time), options.Threshold, time);
    }
}
