namespace TinyQuant.Import;

/// <summary>In which order the dimensions of images lie, as an ONNX file and its users say them.</summary>
public enum ImageLayout
{
    /// <summary>Channels before rows and columns, as ONNX has them.</summary>
    Nchw,

    /// <summary>Channels last, as most cameras and all kernels here have them.</summary>
    Nhwc,
}
