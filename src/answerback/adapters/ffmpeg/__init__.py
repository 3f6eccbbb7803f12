"""Videos by ffmpeg, a program of its own; pictures by Pillow. Both come with `pip install answerback[video]`."""

from answerback.adapters.ffmpeg.studio import FfmpegStudio

adapter = FfmpegStudio()
